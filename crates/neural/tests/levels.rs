//! All levels of instructions give the same bits, and these are the numbers that plain arithmetic gives.

mod common;

use common::{Layer, Network, Random};
use dragoman_neural::{Encoder, Level, Linear, Matrix, Scratch, Weights, WeightsWriter};

fn levels() -> impl Iterator<Item = Scratch> {
    Level::ALL.into_iter().filter_map(Scratch::at)
}

fn bits(matrix: &Matrix) -> Vec<u32> {
    matrix.values().iter().map(|v| v.to_bits()).collect()
}

#[test]
fn linear_layers_of_all_sizes_agree() {
    let mut random = Random::new(1);
    for (rows, outputs, inputs) in [(1, 1, 4), (2, 15, 64), (3, 16, 7), (5, 17, 30), (6, 33, 384), (7, 100, 65), (31, 48, 128)] {
        let layer = Layer::random(&mut random, outputs, inputs);
        let mut writer = WeightsWriter::new();
        layer.write(&mut writer, "l");
        let file = writer.finish();
        let linear = Linear::load(&Weights::parse(&file).expect("it was just written"), "l").expect("it is whole");
        let mut values = random.floats(rows * inputs, 3.0);
        values[0] = 900.0; // one value far from the others
        let x = Matrix::new(rows, inputs, values.clone());
        let mut results = levels().map(|mut scratch| linear.apply(&x, &mut scratch)).collect::<Vec<_>>();
        let first = results.remove(0);
        assert!(results.iter().all(|r| bits(r) == bits(&first)), "{rows} {outputs} {inputs}");
        for (r, row) in values.chunks(inputs).enumerate() {
            let (low, high) = row.iter().fold((f32::MAX, f32::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
            // Each input is at most half a step away from what was reckoned with.
            let step = f64::from(high - low) / 255.0;
            for o in 0..outputs {
                let weights: Vec<f64> = (0..inputs).map(|i| f64::from(layer.weight.value(o, i))).collect();
                let exact = weights.iter().zip(row).map(|(w, v)| w * f64::from(*v)).sum::<f64>() + f64::from(layer.bias[o]);
                let most = weights.iter().map(|w| w.abs()).sum::<f64>() * step * 0.51 + 1e-3;
                assert!((f64::from(first.row(r)[o]) - exact).abs() <= most, "row {r}, output {o}");
            }
        }
    }
}

#[test]
fn encoders_agree_layer_by_layer() {
    let network = Network::random(2, 2, 64, 96, 50, 40);
    let file = network.file();
    let encoder = Encoder::load(&Weights::parse(&file).expect("it was just written"), "encoder").expect("it is whole");
    let mut random = Random::new(3);
    for length in [1, 2, 7, 40] {
        let (ids, kinds) = network.sequence(&mut random, length);
        let mut seen: Vec<Vec<Vec<u32>>> = Vec::new();
        for mut scratch in levels() {
            let mut layers = Vec::new();
            encoder.run_with(&ids, &kinds, &mut scratch, |_, x| layers.push(bits(x))).expect("all pieces are in the vocabulary");
            seen.push(layers);
        }
        assert!(seen.iter().all(|layers| *layers == seen[0] && layers.len() == 3));
    }
}

#[test]
fn what_the_encoder_does_not_know_is_refused() {
    let network = Network::random(4, 1, 32, 32, 10, 8);
    let file = network.file();
    let encoder = Encoder::load(&Weights::parse(&file).expect("it was just written"), "encoder").expect("it is whole");
    let scratch = &mut Scratch::default();
    assert!(encoder.run(&[10], &[0], scratch).is_err());
    assert!(encoder.run(&[0], &[200], scratch).is_err());
    assert!(encoder.run(&[0, 1], &[0], scratch).is_err());
    assert!(encoder.run(&[0; 9], &[0; 9], scratch).is_err());
    assert!(encoder.run(&[0; 8], &[0; 8], scratch).is_ok());
}
