//! How good the order of the plan is: `cargo bench --bench plan_evaluation`.
//!
//! Every method invites 5, 10 and 20 % of the people of invented lives and of
//! public graphs; what that brings is played out in worlds that no method has seen,
//! for all three ways in which people may follow. Printed are the means over the
//! graphs, each with its confidence interval, and what is claimed of them. Every die
//! is seeded: each run prints the same. The last run stands in
//! `benches/plan_evaluation/RESULTS.md`.
//!
//! `-- speed` tells instead how long the whole plan of larger graphs takes.

#![expect(clippy::cast_precision_loss, reason = "a benchmark counts people")]

#[path = "plan_evaluation/claims.rs"]
mod claims;
#[path = "plan_evaluation/lives.rs"]
mod lives;
#[path = "measure/people.rs"]
mod people;
#[path = "plan_evaluation/public.rs"]
mod public;
#[path = "plan_evaluation/speed.rs"]
mod speed;
#[path = "plan_evaluation/trial.rs"]
mod trial;

use transhume::plan::spread::candidates::Strategy;
use transhume::plan::spread::dice::{Dice, mixed};
use transhume::plan::spread::{
    Effort, Given, Knot, Person, Play, Regime, Standing, Ties, Wish, World, order,
};

use trial::{BUDGETS, Method, Terms, Tried};

/// Worlds of each regime in which methods are tried: as many as it takes for half a
/// point to be told from luck on a single graph.
const WORLDS: usize = 2_000;

/// Drawings for the confidence intervals.
const DRAWN: usize = 2_000;

fn main() {
    if std::env::args().any(|argument| argument == "speed") {
        return speed::speed();
    }
    let mut graphs: Vec<(String, Ties)> = Vec::new();
    for kind in lives::Kind::ALL {
        let named = |seed| (format!("{} {seed}", kind.id()), lives::life(kind, seed));
        graphs.extend((0..kind.lives()).map(named));
    }
    graphs.extend(public::graphs().into_iter().map(|(name, ties)| (name.to_owned(), ties)));
    let all = tried(&graphs, Given::Today, &BUDGETS);
    println!("{} graphs, {WORLDS} worlds of each regime for each.\n", all.len());
    for budget in BUDGETS {
        table(&all, budget);
    }
    claims::print(&all);
    kinds(&all);
    println!("\n## Without knowing that today's state has made nobody come\n");
    println!("The same orders, in worlds in which anybody may come for what is there today;");
    println!("whoever comes without any invitation is not counted, though their groups are.\n");
    table(&tried(&graphs, Given::Nothing, &[10]), 10);
}

/// All methods on all graphs, on all processors.
fn tried(graphs: &[(String, Ties)], given: Given, budgets: &[usize]) -> Vec<Tried> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let terms = Terms { worlds: WORLDS, given, budgets, effort: |effort| effort };
    let work = || {
        let mut own = Vec::new();
        loop {
            let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some((name, ties)) = graphs.get(at) else { return own };
            own.push((at, trial::all(name, ties, &terms)));
        }
    };
    let mut all: Vec<(usize, Tried)> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        started
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, tried)| tried).collect()
}

/// What all methods bring with one budget: % of the people, ± half the interval in
/// which the mean lies with 95 %, and % of the groups of which three in five are
/// there.
fn table(all: &[Tried], budget: usize) {
    println!("### {budget} % invited\n");
    println!("| method | soft | hard | cascade | worst |\n|---|---|---|---|---|");
    for method in Method::all() {
        let cell = |regime: Regime| {
            let people: Vec<f64> = all.iter().map(|t| t.get(budget, regime, method).people).collect();
            let groups = all.iter().map(|t| t.get(budget, regime, method).groups).sum::<f64>();
            let (mean, half) = interval(&people);
            format!("{:.1} ±{:.1} / {:.0}", 100.0 * mean, 100.0 * half, 100.0 * groups / all.len() as f64)
        };
        let cells: Vec<String> = Regime::ALL.into_iter().map(cell).collect();
        println!("| {} | {} | {:.3} |", method.id(), cells.join(" | "), claims::worst(all, budget, method));
    }
    println!();
}

/// What the order brings of what chance brings, for each kind of life.
fn kinds(all: &[Tried]) {
    println!("\n## By kind of life, 10 % invited\n");
    println!("How many times what chance brings, by kind; in brackets the % that chance moves.\n");
    println!("| lives | graphs | soft | hard | cascade |\n|---|---|---|---|---|");
    let mut kinds: Vec<(&str, Vec<Tried>)> = Vec::new();
    for tried in all {
        let (kind, seed) = tried.name.rsplit_once(' ').unwrap_or_default();
        let kind = if seed.parse::<u64>().is_ok() { kind } else { "public graphs" };
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, graphs)) => graphs.push(tried.clone()),
            None => kinds.push((kind, vec![tried.clone()])),
        }
    }
    let print = |kind: &str, count: usize, mean: &dyn Fn(Regime, Method) -> f64| {
        let cell = |regime: Regime| {
            let chance = mean(regime, Method::Random);
            format!("{:.2} ({:.0})", mean(regime, Method::Shipped) / chance, 100.0 * chance)
        };
        println!("| {kind} | {count} | {} |", Regime::ALL.map(cell).join(" | "));
    };
    for (kind, graphs) in &kinds {
        print(kind, graphs.len(), &|regime, method| claims::mean(graphs, 10, regime, method));
    }
    let alike = |regime, method| {
        let means = kinds.iter().map(|(_, graphs)| claims::mean(graphs, 10, regime, method));
        means.sum::<f64>() / kinds.len().max(1) as f64
    };
    print("every kind counted once", all.len(), &alike);
}

/// The mean, and half of its confidence interval by drawing graphs anew.
fn interval(values: &[f64]) -> (f64, f64) {
    let mean = |sum: f64| sum / values.len().max(1) as f64;
    let mut dice = Dice::new(95, values.len() as u64);
    let one = |_| mean((0..values.len()).map(|_| values[dice.below(values.len())]).sum());
    let mut means: Vec<f64> = (0..DRAWN).map(one).collect();
    means.sort_by(f64::total_cmp);
    let (low, high) = (means[DRAWN / 40], means[DRAWN - 1 - DRAWN / 40]);
    (mean(values.iter().sum()), (high - low) / 2.0)
}
