//! Looks at everything an installation stands on, and says what to do.

mod checks;

use std::process::ExitCode;

use kernel::Env;
use platform::Config;

use super::Failure;

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Ok,
    /// It works, but not as one would want it.
    Warn,
    Fail,
}

/// One line for the operator.
#[derive(Debug)]
pub(super) struct Finding {
    verdict: Verdict,
    what: &'static str,
    text: String,
}

impl Finding {
    fn new(verdict: Verdict, what: &'static str, text: impl Into<String>) -> Self {
        Self { verdict, what, text: text.into() }
    }

    fn print(&self) {
        let verdict = match self.verdict {
            Verdict::Ok => "ok",
            Verdict::Warn => "warn",
            Verdict::Fail => "fail",
        };
        println!("{verdict:<5} {:<14} {}", self.what, self.text);
    }
}

/// `api doctor`: success unless a check failed.
pub(crate) fn run() -> Result<ExitCode, Failure> {
    let findings = match crate::configuration() {
        Ok(config) => actix_web::rt::System::new().block_on(examine(&config)),
        Err(faults) => {
            let fault = |fault: &platform::ConfigFault| {
                Finding::new(Verdict::Fail, "configuration", fault.to_string())
            };
            faults.0.iter().map(fault).collect()
        }
    };
    findings.iter().for_each(Finding::print);
    let failed = findings.iter().any(|finding| finding.verdict == Verdict::Fail);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn examine(config: &Config) -> Vec<Finding> {
    let env = Env::system();
    let mut findings = vec![Finding::new(Verdict::Ok, "configuration", "every variable makes sense")];
    findings.push(checks::data_directory(config));
    findings.push(checks::secret_key(config, &env));
    findings.extend(checks::database(config, &env).await);
    findings.push(checks::redis(config, &env).await);
    findings.push(checks::mail(config, &env).await);
    findings.push(checks::files(config).await);
    findings.extend(checks::address(config));
    findings
}
