//! What a surprised observer learns, from the disjunctive normal form written out.

use std::collections::BTreeMap;

use fabula_core::expr::{Cmp, Expr, Mode};
use fabula_core::value::{Truth, Value};

use super::truth::{self, truth, value};
use super::{key, Env, Key, Mind, World};

/// A literal: the chain of believers, whether the innermost belief is denied, the comparison.
type Literal = (Vec<u32>, bool, Cmp, Expr, Expr);

/// Disjunctive normal form, written out.
fn clauses(
    w: &World,
    s: &Mind,
    e: &Expr,
    no: bool,
    chain: &[u32],
    denied: bool,
    env: &Env,
) -> Vec<Vec<Literal>> {
    let cross = |lists: Vec<Vec<Vec<Literal>>>| {
        lists.into_iter().fold(vec![Vec::new()], |all, list| {
            all.iter()
                .flat_map(|a: &Vec<Literal>| {
                    list.iter().map(move |b| [a.clone(), b.clone()].concat())
                })
                .collect()
        })
    };
    let literal = |op: Cmp, a: Expr, b: Expr| vec![vec![(chain.to_vec(), denied, op, a, b)]];
    let parts = |list: &[Expr]| {
        list.iter()
            .map(|e| clauses(w, s, e, no, chain, denied, env))
            .collect::<Vec<_>>()
    };
    match e {
        Expr::Not(e) => clauses(w, s, e, !no, chain, denied, env),
        Expr::And(list) if no == denied => cross(parts(list)),
        Expr::Or(list) if no != denied => cross(parts(list)),
        Expr::And(list) | Expr::Or(list) => parts(list).concat(),
        Expr::Believes(c, e) => {
            let Some(c) = value(w, s.follow(chain), c, env).entity() else {
                return vec![];
            };
            let mut chain = chain.to_vec();
            chain.push(c);
            clauses(w, s, e, false, &chain, no != denied, env)
        }
        Expr::Compare(op, a, b) => {
            let op = if no { op.negated() } else { *op };
            literal(op, truth::ground(a, env), truth::ground(b, env))
        }
        e if no => literal(
            Cmp::Eq,
            Expr::Not(Box::new(truth::ground(e, env))),
            Expr::Const(Value::Bool(true)),
        ),
        e => literal(
            Cmp::Eq,
            truth::ground(e, env),
            Expr::Const(Value::Bool(true)),
        ),
    }
}

pub fn surprised(w: &World, s: &Mind, b: &Mind, c: u32, precondition: &Expr, env: &Env) -> Mind {
    let mut b = b.clone();
    if truth(w, &b, precondition, env) == Truth::True {
        return b;
    }
    let mut corrections: BTreeMap<(Vec<u32>, Key), Value> = BTreeMap::new();
    let none = Env::new();
    let check = |m: &Mind, (chain, denied, op, x, y): &Literal| {
        let e = Expr::Compare(*op, Box::new(x.clone()), Box::new(y.clone()));
        (truth(w, m.follow(chain), &e, &none) == Truth::True) != *denied
    };
    for clause in clauses(w, s, precondition, false, &[], false, env) {
        if !clause.iter().all(|l| check(s, l)) {
            continue;
        }
        for literal in clause.iter().filter(|l| !check(&b, l)) {
            let (chain, denied, op, x, y) = literal;
            // Of a constant and a fluent, the fluent is what the literal is about.
            let (x, y) = if matches!(x, Expr::Const(_)) {
                (y, x)
            } else {
                (x, y)
            };
            // Not to believe a truth is to equal another truth.
            let boolean = matches!(y, Expr::Const(Value::Bool(_)));
            let op = if *denied && !boolean {
                op.negated()
            } else {
                *op
            };
            let x = if let Expr::Not(inner) = x { inner } else { x };
            let there = s.follow(chain);
            let mut inner = chain.clone();
            inner.dedup();
            if inner.first() == Some(&c) {
                inner.remove(0);
            }
            let mut correct = |e: &Expr, new: Option<Value>| {
                if let Expr::Fluent(f, args) = e {
                    if let Some(key) = key(w, there, *f, args, &none) {
                        let new = new.unwrap_or_else(|| there.value(w, &key));
                        let old = corrections.entry((inner.clone(), key)).or_insert(new);
                        if old.is_unknown() {
                            *old = new;
                        }
                    }
                }
            };
            match op {
                Cmp::Eq => {
                    correct(x, None);
                    correct(y, None);
                }
                Cmp::Ne => {
                    correct(y, None);
                    if value(w, b.follow(chain), x, &none) == value(w, there, y, &none) {
                        correct(x, Some(Value::Unknown));
                    }
                }
                _ => {
                    correct(x, Some(Value::Unknown));
                    correct(y, Some(Value::Unknown));
                }
            }
        }
    }
    for ((chain, key), value) in corrections {
        b.told(w, &(chain, key, value, Mode::Set));
    }
    b
}
