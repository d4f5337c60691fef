//! What a long run is doing, on standard error and only where that is a terminal.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use gainsay::claim::Corpus;
use gainsay::report::Report;
use gainsay::{Options, Stage, check_telling};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long nothing is shown: most runs are over by then.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often what is shown moves, so that a person sees that the program lives.
const TICK: Duration = Duration::from_millis(120);

/// Checks a corpus; whoever waits at a terminal is told what it is at, unless they asked for quiet.
pub(super) fn check(corpus: &Corpus, options: &Options, quiet: bool) -> Report {
    if quiet || !io::stderr().is_terminal() {
        return gainsay::check(corpus, options);
    }
    let progress = Progress::start();
    let report = check_telling(corpus, options, &|stage| progress.bar.set_message(told(stage)));
    progress.clear();
    report
}

/// Reading what is too large to be kept, with an estimate of the time that it takes.
pub(super) struct Reading {
    progress: Option<Progress>,
}

impl Reading {
    pub(super) fn start(bytes: u64, quiet: bool) -> Self {
        let progress = (!quiet && io::stderr().is_terminal()).then(Progress::start);
        if let Some(progress) = &progress {
            progress.bar.set_length(bytes);
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}: {bytes} of {total_bytes}, {eta} left") {
                progress.bar.set_style(style);
            }
            progress.bar.set_message(told(Stage::Reading(0)));
        }
        Self { progress }
    }

    pub(super) fn tell(&self, stage: Stage) {
        let Some(progress) = &self.progress else { return };
        match stage {
            Stage::Reading(bytes) => progress.bar.inc(bytes),
            stage => {
                if let Ok(style) = ProgressStyle::with_template(WITHOUT_END) {
                    progress.bar.set_style(style);
                }
                progress.bar.set_message(told(stage));
            }
        }
    }

    pub(super) fn clear(self) {
        if let Some(progress) = self.progress {
            progress.clear();
        }
    }
}

/// What is shown of something whose end is not known.
const WITHOUT_END: &str = "{spinner} {msg} ({elapsed})";

/// A line that appears after a while and is gone at the end.
struct Progress {
    bar: ProgressBar,
    done: Sender<()>,
    showing: JoinHandle<()>,
}

impl Progress {
    fn start() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(WITHOUT_END) {
            bar.set_style(style);
        }
        let (done, is_done) = channel();
        let shown = bar.clone();
        let showing = std::thread::spawn(move || {
            if is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(TICK);
            }
        });
        Self { bar, done, showing }
    }

    fn clear(self) {
        // OK because the thread is done, or waits for this.
        let _ = self.done.send(());
        let _ = self.showing.join();
        self.bar.finish_and_clear();
    }
}

fn told(stage: Stage) -> String {
    match stage {
        Stage::Reading(_) => "reading claims".to_owned(),
        Stage::Compiling => "putting claims in order".to_owned(),
        Stage::Comparing => "comparing claims".to_owned(),
        Stage::Adding => "adding up parts".to_owned(),
        Stage::Proving { done, of } => format!("proving conflicts: {done} of {of}"),
        Stage::Remarking => "looking at how claims are encoded".to_owned(),
    }
}
