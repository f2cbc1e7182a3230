use std::fmt;

/// What a browser says of itself, in words for people. Anybody can make it up: it is shown, never trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    pub browser: &'static str,
    pub system: &'static str,
}

/// The first one whose mark occurs counts: most browsers carry the marks of those before them.
const BROWSERS: [(&str, &str); 12] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python", "Python"),
    ("node", "Node.js"),
    ("okhttp/", "Android app"),
];

const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
    ("FreeBSD", "FreeBSD"),
];

const UNKNOWN: &str = "unknown";

impl Device {
    /// Reads a `User-Agent`.
    pub fn read(user_agent: Option<&str>) -> Self {
        let text = user_agent.unwrap_or_default();
        let first = |marks: &[(&str, &'static str)]| {
            marks.iter().find(|(mark, _)| text.contains(mark)).map_or(UNKNOWN, |(_, name)| *name)
        };
        Self { browser: first(&BROWSERS), system: first(&SYSTEMS) }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.browser, self.system)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart_by_what_only_they_say() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36 Edg/143.0";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
        let cases = [
            (Some(firefox), "Firefox on Linux"),
            (Some(edge), "Edge on Windows"),
            (Some(iphone), "Safari on iPhone"),
            (Some("curl/8.14.1"), "curl on unknown"),
            (None, "unknown on unknown"),
        ];
        for (text, device) in cases {
            assert_eq!(Device::read(text).to_string(), device);
        }
    }
}
