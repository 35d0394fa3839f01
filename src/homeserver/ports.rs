//! Which port is really dialled where one is meant. Nothing but tests need that
//! they differ: they cannot all have port 443 of this computer at once.

/// Pairs of what is meant and what is dialled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ports(Vec<(u16, u16)>);

impl Ports {
    /// Reads `443:4433,8448:4434`; what is no pair of ports is left out.
    pub fn parse(text: &str) -> Ports {
        let pair = |pair: &str| {
            let (meant, dialled) = pair.split_once(':')?;
            Some((meant.parse().ok()?, dialled.parse().ok()?))
        };
        Ports(text.split(',').filter_map(pair).collect())
    }

    /// The port to dial.
    pub fn dialled(&self, meant: u16) -> u16 {
        self.0.iter().find(|(from, _)| *from == meant).map_or(meant, |(_, to)| *to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_what_they_are_unless_told_otherwise() {
        assert_eq!(Ports::default().dialled(443), 443);
        let ports = Ports::parse("443:4433,8448:4434,nonsense");
        assert_eq!([443, 8448, 80].map(|port| ports.dialled(port)), [4433, 4434, 80]);
    }
}
