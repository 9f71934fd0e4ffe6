//! Rate limits: how many requests a key and an organization may send in a window of time.

use std::time::Duration;

/// How many requests are answered before the sandbox says 429.
///
/// As at the service, one key may send 100 requests a minute, and one organization with all its
/// keys 1,000, unless set otherwise. A window begins with the first request in it. A refused
/// request does not count, nor does one that is refused for another reason before: an unknown
/// path, a wrong method, a wrong key, an injected fault.
///
/// ```
/// use std::time::Duration;
/// use aura_sandbox::RateLimit;
///
/// let stricter = RateLimit::per_minute(5);
/// let short_windows = RateLimit::new(5, Duration::from_secs(2));
/// let shared = RateLimit::per_minute(100).organization(150);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a rate limit does nothing until it is given to a builder"]
pub struct RateLimit {
    pub(crate) key: u64,
    pub(crate) organization: u64,
    pub(crate) window: Duration,
}

impl RateLimit {
    /// So many requests a minute for one key; ten times as many for an organization.
    pub fn per_minute(requests: u64) -> Self {
        Self::new(requests, Duration::from_secs(60))
    }

    /// So many requests in a window of this length for one key; ten times as many for an
    /// organization. With a length of zero no request is refused, unless none is allowed.
    pub fn new(requests: u64, window: Duration) -> Self {
        Self {
            key: requests,
            organization: requests.saturating_mul(10),
            window,
        }
    }

    /// Another number of requests for an organization with all its keys.
    pub fn organization(mut self, requests: u64) -> Self {
        self.organization = requests;
        self
    }
}

impl Default for RateLimit {
    /// The service's: 100 a minute for one key, 1,000 for one organization.
    fn default() -> Self {
        Self::per_minute(100)
    }
}

/// The window that a key or an organization is in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Window {
    /// On the sandbox's clock; `None` before the first request.
    end: Option<Duration>,
    used: u64,
}

/// Where a caller stands, as the `X-RateLimit` headers tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) limit: u64,
    pub(crate) remaining: u64,
    /// When the window ends, on the sandbox's clock.
    pub(crate) reset: Duration,
}

impl RateLimit {
    /// Counts a request. It is refused, and not counted, if either window is full.
    pub(crate) fn take(
        &self,
        key: &mut Window,
        organization: &mut Window,
        now: Duration,
    ) -> Result<Standing, Standing> {
        let standing = self.standing(*key, *organization, now);
        if standing.remaining == 0 {
            return Err(standing);
        }
        key.count(now, self.window);
        organization.count(now, self.window);
        Ok(self.standing(*key, *organization, now))
    }

    /// What holds at a moment: of key and organization the one with less left, and of two with
    /// nothing left the one that has to wait longer.
    pub(crate) fn standing(&self, key: Window, organization: Window, now: Duration) -> Standing {
        let key = key.standing(self.key, now, self.window);
        let organization = organization.standing(self.organization, now, self.window);
        match key.remaining.cmp(&organization.remaining) {
            std::cmp::Ordering::Less => key,
            std::cmp::Ordering::Equal if key.remaining > 0 || key.reset >= organization.reset => {
                key
            }
            _ => organization,
        }
    }

    /// What holds for one who has sent nothing.
    pub(crate) fn untouched(&self, now: Duration) -> Standing {
        self.standing(Window::default(), Window::default(), now)
    }
}

impl Window {
    fn is_over(self, now: Duration) -> bool {
        self.end.is_none_or(|end| end <= now)
    }

    fn count(&mut self, now: Duration, length: Duration) {
        if self.is_over(now) {
            *self = Self {
                end: Some(now.saturating_add(length)),
                used: 0,
            };
        }
        self.used = self.used.saturating_add(1);
    }

    fn standing(self, limit: u64, now: Duration, length: Duration) -> Standing {
        let (used, reset) = match self.end {
            Some(end) if !self.is_over(now) => (self.used, end),
            _ => (0, now.saturating_add(length)),
        };
        Standing {
            limit,
            remaining: limit.saturating_sub(used),
            reset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn standing(limit: u64, remaining: u64, reset: u64) -> Standing {
        Standing {
            limit,
            remaining,
            reset: at(reset),
        }
    }

    #[test]
    fn a_window_begins_with_its_first_request() {
        let limit = RateLimit::per_minute(2);
        let (mut key, mut all) = (Window::default(), Window::default());

        assert_eq!(
            limit.take(&mut key, &mut all, at(30)),
            Ok(standing(2, 1, 90))
        );
        assert_eq!(
            limit.take(&mut key, &mut all, at(89)),
            Ok(standing(2, 0, 90))
        );
        assert_eq!(
            limit.take(&mut key, &mut all, at(89)),
            Err(standing(2, 0, 90))
        );
        assert_eq!(
            limit.take(&mut key, &mut all, at(90)),
            Ok(standing(2, 1, 150))
        );
    }

    #[test]
    fn keys_of_an_organization_share_its_limit_and_the_tighter_one_is_told() {
        let limit = RateLimit::per_minute(3).organization(4);
        let (mut one, mut other, mut all) =
            (Window::default(), Window::default(), Window::default());

        for remaining in [2, 1, 0] {
            let told = limit.take(&mut one, &mut all, at(0));
            assert_eq!(told, Ok(standing(3, remaining, 60)));
        }
        assert!(limit.take(&mut one, &mut all, at(1)).is_err());
        assert_eq!(
            limit.take(&mut other, &mut all, at(1)),
            Ok(standing(4, 0, 60)),
            "the refused one did not count"
        );
        assert_eq!(
            limit.take(&mut other, &mut all, at(2)),
            Err(standing(4, 0, 60))
        );
    }

    #[test]
    fn of_two_full_windows_the_longer_wait_is_told() {
        let limit = RateLimit::per_minute(1).organization(2);
        let (mut one, mut other, mut all) =
            (Window::default(), Window::default(), Window::default());
        assert!(limit.take(&mut one, &mut all, at(0)).is_ok());
        assert!(limit.take(&mut other, &mut all, at(20)).is_ok());

        assert_eq!(limit.standing(other, all, at(30)), standing(1, 0, 80));
        assert_eq!(limit.standing(one, all, at(30)), standing(1, 0, 60));
    }

    #[test]
    fn extremes_are_fine() {
        let (mut key, mut all) = (Window::default(), Window::default());
        let none = RateLimit::per_minute(0);
        assert!(none.take(&mut key, &mut all, at(0)).is_err());

        let endless = RateLimit::new(u64::MAX, Duration::MAX);
        assert!(endless.take(&mut key, &mut all, at(1)).is_ok());

        let (mut key, mut all) = (Window::default(), Window::default());
        let momentary = RateLimit::new(1, Duration::ZERO);
        for _ in 0..3 {
            assert!(momentary.take(&mut key, &mut all, at(1)).is_ok());
        }
    }
}
