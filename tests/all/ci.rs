//! The definitions for hooks and CI servers, run as those run them, as far as one machine can.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::{root, tool};

const BINARY: &str = env!("CARGO_BIN_EXE_gainsay");

fn yaml(file: &str) -> Value {
    let text = std::fs::read_to_string(root().join(file)).unwrap();
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

const CODEBOOK: &str = r#"{ "dimensions": {},
  "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": [] } } }"#;

fn source(id: &str, boats: u32) -> String {
    format!(
        r#"{{ "source": {{ "id": "{id}" }}, "claims": [
    {{ "id": "lost", "quote": "{boats} boats", "measure": "boats", "period": "1953", "value": {boats} }} ] }}"#
    )
}

/// A folder with `claims/`: the gazette says nine boats, the courier something.
fn project(courier: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("claims/sources")).unwrap();
    write(folder.path(), "claims/codebook.json", CODEBOOK);
    write(folder.path(), "claims/sources/gazette.json", &source("gazette", 9));
    write(folder.path(), "claims/sources/courier.json", &source("courier", courier));
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

/// A search path on which `gainsay` is the binary under test.
fn path() -> std::ffi::OsString {
    let mut folders = vec![PathBuf::from(BINARY).parent().unwrap().to_owned()];
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    std::env::join_paths(folders).unwrap()
}

/// git in a folder, with nobody's own settings.
fn git(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("git")
        .args(["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("PATH", path())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Makes a repository of a folder, with a hook before each commit.
fn repository(folder: &Path, hook: &str) {
    assert!(git(folder, &["init", "--quiet"]).status.success());
    let file = folder.join(".git/hooks/pre-commit");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, hook).unwrap();
    executable(&file);
}

#[cfg(unix)]
fn executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn executable(_: &Path) {}

fn commit(folder: &Path) -> Output {
    assert!(git(folder, &["add", "--all"]).status.success());
    git(folder, &["commit", "--quiet", "--message", "Claims"])
}

/// The hook of the definition for pre-commit, run by git as pre-commit runs it: its entry, without names of files.
#[test]
fn the_hook_refuses_a_contradiction() {
    if !tool("git") {
        return;
    }
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hook = &hooks[0];
    assert_eq!((hook["id"].as_str(), hook["language"].as_str()), (Some("gainsay"), Some("rust")));
    assert_eq!(hook["pass_filenames"], false, "the folder is checked whole");
    assert_eq!(hook["always_run"], true, "after a deletion too");
    let script = format!("#!/bin/sh\nexec {}\n", hook["entry"].as_str().unwrap());
    let folder = project(7);
    repository(folder.path(), &script);
    let refused = commit(folder.path());
    assert!(!refused.status.success(), "nine and seven boats");
    assert!(told(&refused).contains("disagreement: "), "{}", told(&refused));
    write(folder.path(), "claims/sources/courier.json", &source("courier", 9));
    let taken = commit(folder.path());
    assert!(taken.status.success(), "{}", told(&taken));
}

/// The script that the README shows checks what is committed, and not what lies beside it.
#[test]
fn the_script_in_the_readme_checks_what_is_committed() {
    if !tool("git") {
        return;
    }
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let start = readme.find("```sh\n#!/bin/sh\n").unwrap() + "```sh\n".len();
    let script = readme[start..].split("```").next().unwrap();
    let folder = project(7);
    repository(folder.path(), script);
    let refused = commit(folder.path());
    assert!(!refused.status.success() && told(&refused).contains("disagreement: "), "{}", told(&refused));
    let elsewhere = std::env::temp_dir().display().to_string();
    assert!(!told(&refused).contains(&elsewhere), "no name of the copy is told: {}", told(&refused));
    // Mended in the folder, but not in what is to be committed.
    write(folder.path(), "claims/sources/courier.json", &source("courier", 9));
    let stale = git(folder.path(), &["commit", "--quiet", "--message", "Claims"]);
    assert!(!stale.status.success(), "the contradiction is still what would be committed");
    let taken = commit(folder.path());
    assert!(taken.status.success(), "{}", told(&taken));
    // Spoilt in the folder alone.
    write(folder.path(), "claims/sources/courier.json", "{");
    write(folder.path(), "notes.txt", "unrelated");
    assert!(git(folder.path(), &["add", "notes.txt"]).status.success());
    let other = git(folder.path(), &["commit", "--quiet", "--message", "Notes"]);
    assert!(other.status.success(), "{}", told(&other));
}

/// A step of the action, run as a runner runs it: bash in its own way, the inputs as the environment says, files for what
/// the step says.
struct Step {
    folder: tempfile::TempDir,
    output: Output,
}

impl Step {
    fn said(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(file)).unwrap_or_default()
    }
}

/// The values that the action's environment would have.
fn environment(action: &Value, step: &Value, inputs: &[(&str, &str)]) -> Vec<(String, String)> {
    let value = |expression: &str| {
        let name = expression.strip_prefix("${{ ").and_then(|rest| rest.strip_suffix(" }}")).unwrap();
        match name.strip_prefix("inputs.") {
            None => {
                assert_eq!(name, "github.action_path");
                root().display().to_string()
            }
            Some(input) => {
                let default = action["inputs"][input]["default"].as_str().unwrap_or_else(|| panic!("no input {input}"));
                inputs.iter().find(|(name, _)| *name == input).map_or(default, |(_, value)| value).to_owned()
            }
        }
    };
    let environment = step["env"].as_object().unwrap();
    environment.iter().map(|(key, expression)| (key.clone(), value(expression.as_str().unwrap()))).collect()
}

fn run_step(folder: tempfile::TempDir, id: &str, inputs: &[(&str, &str)], search: &std::ffi::OsStr) -> Step {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["id"] == id || step["name"] == id).unwrap();
    let script = folder.path().join("step.sh");
    std::fs::write(&script, step["run"].as_str().unwrap()).unwrap();
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-e", "-o", "pipefail"]).arg(&script).current_dir(folder.path());
    command.envs(environment(&action, step, inputs)).env("PATH", search);
    for file in ["GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"] {
        command.env(file, folder.path().join(file));
    }
    std::fs::create_dir_all(folder.path().join("temp")).unwrap();
    let output = command.env("RUNNER_TEMP", folder.path().join("temp")).output().unwrap();
    Step { folder, output }
}

#[test]
fn the_action_annotates_and_fails() {
    if !tool("bash") {
        return;
    }
    let step = run_step(project(7), "check", &[("sarif-file", "out.sarif")], &path());
    assert_eq!(step.output.status.code(), Some(1), "{}", told(&step.output));
    let log = told(&step.output);
    assert!(
        log.contains("::error file=claims/sources/gazette.json,line=2,col=5,title=contradiction%3A disagreement::"),
        "{log}"
    );
    assert_eq!(step.said("GITHUB_OUTPUT"), "status=1\n");
    assert!(step.said("GITHUB_STEP_SUMMARY").starts_with("# gainsay: 1 contradiction\n"));
    let sarif: Value = serde_json::from_str(&step.said("out.sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "disagreement");
}

#[test]
fn the_action_passes_and_takes_its_inputs() {
    if !tool("bash") {
        return;
    }
    let green = run_step(project(9), "check", &[], &path());
    assert_eq!(green.output.status.code(), Some(0), "{}", told(&green.output));
    assert_eq!(green.said("GITHUB_OUTPUT"), "status=0\n");
    assert!(green.said("GITHUB_STEP_SUMMARY").starts_with("# gainsay: no contradiction\n"));
    let never = run_step(project(7), "check", &[("fail-on", "never"), ("fail-on-undecided", "true")], &path());
    assert_eq!(never.output.status.code(), Some(0));
    assert!(told(&never.output).contains("::error "), "annotated all the same");
    // A log in another format holds no command but those that end and begin commands.
    let text = run_step(project(7), "check", &[("format", "text")], &path());
    let log = told(&text.output);
    let commands: Vec<&str> = log.lines().filter(|line| line.trim_start().starts_with("::")).collect();
    let [stop, again] = commands.as_slice() else { panic!("{log}") };
    assert_eq!(format!("::{}::", stop.strip_prefix("::stop-commands::").unwrap()), **again);
    assert!(again.len() == 36 && log.contains("disagreement: "), "{log}");
    assert!(text.said("GITHUB_STEP_SUMMARY").is_empty());
}

#[test]
fn wrong_claims_fail_the_action_with_a_reason() {
    if !tool("bash") {
        return;
    }
    for inputs in [&[("claims", "nowhere")][..], &[("claims", "nowhere"), ("sarif-file", "out.sarif")]] {
        let step = run_step(project(9), "check", inputs, &path());
        assert_eq!(step.output.status.code(), Some(2), "{}", told(&step.output));
        let log = String::from_utf8(step.output.stdout.clone()).unwrap();
        let lines: Vec<&str> = log.lines().collect();
        let end = format!("::{}::", lines[0].strip_prefix("::stop-commands::").unwrap());
        assert_eq!(lines.iter().filter(|line| line.trim_start().starts_with("::")).count(), 2, "{log}");
        assert!(lines.last() == Some(&end.as_str()) && log.contains("nowhere"), "what it says is no command: {log}");
        assert_eq!(step.said("GITHUB_OUTPUT"), "status=2\n");
        assert!(step.said("GITHUB_STEP_SUMMARY").is_empty() && step.said("out.sarif").is_empty());
    }
}

/// An input is a value, whatever it looks like, and no script of the action holds an expression.
#[test]
fn inputs_are_no_commands() {
    if !tool("bash") {
        return;
    }
    let action = yaml("action.yml");
    for step in action["runs"]["steps"].as_array().unwrap() {
        assert!(!step["run"].as_str().unwrap().contains("${{"), "an expression in a script is a command in the making");
    }
    let evil = "$(touch owned); `touch owned`; \"; touch owned; echo \"\n::error::forged";
    for input in ["claims", "fail-on", "format", "sarif-file", "fail-on-undecided"] {
        let step = run_step(project(9), "check", &[(input, evil)], &path());
        assert!(!step.folder.path().join("owned").exists(), "{input}");
        let log = told(&step.output);
        assert!(!log.lines().any(|line| line.trim_start().starts_with("::error::forged")), "{input}: {log}");
    }
}

/// The first step installs from the action's own folder and puts the command on the path of the next one.
#[cfg(unix)]
#[test]
fn the_action_installs_from_its_own_folder() {
    if !tool("bash") {
        return;
    }
    let folder = project(9);
    let bin = folder.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    write(&bin, "cargo", "#!/bin/sh\necho \"$@\" >cargo-was-asked\n");
    executable(&bin.join("cargo"));
    let search = std::env::join_paths([bin, PathBuf::from("/usr/bin"), PathBuf::from("/bin")]).unwrap();
    let step = run_step(folder, "Install gainsay", &[], &search);
    assert!(step.output.status.success(), "{}", told(&step.output));
    let temp = step.folder.path().join("temp/gainsay");
    let asked = format!("install --locked --path {} --root {}\n", root().display(), temp.display());
    assert_eq!(step.said("cargo-was-asked"), asked);
    assert_eq!(step.said("GITHUB_PATH"), format!("{}\n", temp.join("bin").display()));
}

/// GitLab runs the lines of a job one after the other and stops at the first that fails.
#[test]
fn the_job_for_gitlab_reports_and_fails() {
    if !tool("bash") {
        return;
    }
    let file = yaml(".gitlab/gainsay.yml");
    let job = &file["gainsay"];
    let lines = |key: &str| job[key].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned());
    let script: Vec<String> =
        ["set -eo pipefail".to_owned()].into_iter().chain(lines("before_script")).chain(lines("script")).collect();
    for (courier, status) in [(7, 1), (9, 0)] {
        let folder = project(courier);
        let mut command = Command::new("bash");
        command
            .args(["--noprofile", "--norc", "-c", &script.join("\n")])
            .current_dir(folder.path())
            .env("PATH", path());
        for (key, value) in job["variables"].as_object().unwrap() {
            command.env(key, value.as_str().unwrap());
        }
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{}", told(&output));
        let reports = &job["artifacts"]["reports"];
        let read = |kind: &str| std::fs::read_to_string(folder.path().join(reports[kind].as_str().unwrap())).unwrap();
        let issues: Value = serde_json::from_str(&read("codequality")).unwrap();
        assert_eq!(issues.as_array().unwrap().len(), usize::from(courier == 7));
        assert_eq!(read("junit").contains("<failure"), courier == 7);
        assert_eq!(told(&output).contains("disagreement: "), courier == 7, "the log tells it too");
    }
    assert_eq!(job["artifacts"]["when"], "always", "a report of a failed job is the one that is wanted");
}
