//! Work that is spread over threads, with what comes of it in order: no thread order shows in it.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::ScopedJoinHandle;

/// More threads than this have nothing to do on a folder that is kept in memory.
const MOST: usize = 8;

/// Does some work on each item and returns what comes of it, in the order of the items.
///
/// Each thread starts with a state of its own and takes one item after the other; there is one for every `share` items, as far as
/// the machine has processors. The thread that calls takes part, and `tell` is told on it how many items were taken before.
pub(crate) fn spread<I: Sync, S, R: Send>(
    items: &[I],
    share: usize,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &I) -> R + Sync,
    tell: impl FnMut(usize),
) -> Vec<R> {
    over(threads(items.len() / share.max(1)), items, start, work, tell)
}

/// The same over so many threads.
pub(crate) fn over<I: Sync, S, R: Send>(
    threads: usize,
    items: &[I],
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &I) -> R + Sync,
    mut tell: impl FnMut(usize),
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = |tell: &mut dyn FnMut(usize)| {
        let mut state = start();
        let mut done: Vec<(usize, R)> = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            tell(at);
            done.push((at, work(&mut state, item)));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(|| take(&mut |_| ()))).collect();
        let mut done = take(&mut tell);
        for other in others {
            done.extend(joined(other));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// What a thread returns.
pub(crate) fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    // OK because a thread that panicked has said so; the panic goes on here.
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// How many threads do so many shares of work; the machine is not asked where one does.
fn threads(shares: usize) -> usize {
    if shares < 2 { 1 } else { std::thread::available_parallelism().map_or(1, NonZero::get).min(shares).min(MOST) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        let begun = AtomicUsize::new(0);
        // An even item is not done before the next one is begun, so that of each two one falls to each thread.
        let in_turn = |seen: &mut usize, item: &usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            while item.is_multiple_of(2) && begun.load(Ordering::SeqCst) < item + 2 {
                std::thread::yield_now();
            }
            *seen += 1;
            (*item, *seen)
        };
        let mut told = Vec::new();
        let done = over(2, &items, || 0, in_turn, |before| told.push(before));
        assert_eq!(done.iter().map(|(item, _)| *item).collect::<Vec<_>>(), items);
        assert_eq!(done.iter().map(|(_, seen)| *seen).max(), Some(50), "each thread has a state of its own");
        assert!(told.is_sorted() && told.len() == 50, "{told:?}");
    }

    #[test]
    fn no_thread_has_less_than_its_share() {
        assert_eq!([0, 1].map(threads), [1, 1]);
        assert!((1..=2).contains(&threads(2)) && (1..=MOST).contains(&threads(10_000)));
        assert!(spread(&[0; 0], 0, || (), |(), item| *item, |_| ()).is_empty());
    }
}
