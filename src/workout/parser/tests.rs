#[test]
fn scratch() {
    for text in std::fs::read_to_string("/tmp/lang-scratch.txt")
        .unwrap_or_default()
        .lines()
    {
        let source = crate::diagnostic::Source::new("x", text);
        println!("== {text}");
        match crate::workout::compile_notation(&source, None, &Default::default()) {
            Ok(c) => {
                for s in &c.sequence.steps {
                    println!(
                        "  {:?} {:?}/{:?} {} {:?} {:?} {:?}",
                        s.offset.map(|o| o.to_string()),
                        s.kind,
                        s.role,
                        s.target.words,
                        s.end.planned().map(|t| t.to_string()),
                        s.reps
                            .iter()
                            .map(|r| format!("{}/{}", r.n, r.of))
                            .collect::<Vec<_>>(),
                        s.cues
                            .iter()
                            .map(|c| format!("{:?} {}", c.when, c.text))
                            .collect::<Vec<_>>()
                    );
                }
                println!("  total {} {:?}", c.sequence.totals().time, c.sequence.warnings);
            }
            Err(e) => println!("{}", crate::cli::render::render(&e, &source, false)),
        }
    }
}
