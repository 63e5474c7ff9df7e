using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>The samples of one step.</summary>
/// <param name="Prepared">[N, …], from <see cref="Trunks.IPredictor.Prepare"/>.</param>
/// <param name="Labels">[N, T].</param>
public readonly record struct Batch(Tensor Prepared, Labels Labels);
