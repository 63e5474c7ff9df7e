namespace UAmtfl.Experiments.Pharmacogenomics;

/// <summary>Response of cancer cell lines to 181 drugs from gene expression (Peres da Silva et al., GDSC)</summary>
// Learning rate and epochs were chosen on the validation lines of seeds 1 and 2: the networks overfit soon. α, γ, μ, λ are the papers'.
[Experiment("pharmacogenomics", Seeds = 3)]
[Dataset<GdscResponses>]
[RegressionFamily("Drug", "drugs.tasks.txt")]
[Training(Epochs = 24, BatchSize = 100, EvaluateEvery = 2), Adam(3e-4)]
public static partial class DrugResponse
{
    /// <summary>The paper's network: one linear layer in the place of the convolutions.</summary>
    [Input(687)]
    [Linear(500), ReLU]
    public partial class Shared;

    /// <summary>A trunk so small that each drug can have a network of its own.</summary>
    [Input(687)]
    [Linear(16), ReLU]
    public partial class Small;

    /// <summary>The mean response to each drug, which any model should beat.</summary>
    [Reference]
    [MeanPredictor]
    public partial class Mean;

    /// <summary>Single-task learning by the elastic net, as GDSC's authors (Iorio et al. 2016) and so the paper do it.</summary>
    [Baseline]
    [ElasticNet]
    public partial class Stl;

    /// <summary>Single-task learning by ridge regression, which keeps all genes.</summary>
    [Reference]
    [Ridge]
    public partial class Ridge;

    /// <summary>A shared network with sparse heads.</summary>
    [HardSharing, Network(nameof(Shared)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class MtlNn;

    /// <summary>Asymmetric transfer from tasks to features.</summary>
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Network(nameof(Shared)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class DeepAmtfl;

    /// <summary>Asymmetric transfer from tasks to features, weighted by learnt task uncertainty.</summary>
    [Proposed]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, Network(nameof(Shared))]
    [L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class UAmtfl;

    /// <summary>The control for transfer: the same penalty on the size of features, without any transfer.</summary>
    [Control]
    [HardSharing, FeatureNorm(0.01), Network(nameof(Shared)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class FeatureNorm;

    /// <summary>Single-task learning: 181 networks that share nothing.</summary>
    [OnRequest]
    [SingleTask, Network(nameof(Small)), L2(1e-4)]
    public partial class StlNn;
}
