use transhume::read::whatsapp::chat;
fn main() {
    for p in std::env::args().skip(1) {
        let b = std::fs::read(&p).unwrap();
        let mut pr = vec![];
        let n = std::path::Path::new(&p).file_name().unwrap().to_str().unwrap().to_owned();
        let r = chat::read(
            &b,
            &n,
            &chat::Options { today: jiff::civil::date(2026, 11, 23), siblings: None, date_order: None },
            &mut pr,
        )
        .unwrap();
        match r {
            None => println!("{n}: none"),
            Some((c, _)) => {
                println!(
                    "{n}: {:?} {:?} {:?} {:?} {:?}",
                    c.platform,
                    c.language,
                    c.kind,
                    c.title.map(|t| t.raw().to_owned()),
                    c.counts
                );
                println!("{:?}", c.dates);
                for w in &c.people {
                    println!(
                        "   {} push={} {:?} {} {:?} {:?} {:?} {:?}",
                        w.name.raw(),
                        w.push_name,
                        w.phone,
                        w.messages,
                        w.first,
                        w.last,
                        w.language,
                        w.formal
                    );
                }
                for m in &c.members {
                    println!("   M {} {:?}", m.name.raw(), m.state);
                }
                println!("{:?} {:?} {:?}", c.number_changes, c.addresses, c.cards);
                println!("{pr:?}");
            }
        }
    }
}
