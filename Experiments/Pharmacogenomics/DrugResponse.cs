namespace UAmtfl.Experiments.Pharmacogenomics;

/// <summary>Response of cancer cell lines to 181 drugs from gene expression (Peres da Silva et al., GDSC)</summary>
// Learning rate and epochs were chosen on the validation lines of seeds 1 and 2: the networks overfit soon. α, γ, μ, λ are the papers'.
[Experiment("pharmacogenomics", Seeds = 3)]
[Dataset<GdscResponses>]
[RegressionFamily("Drug", "drugs.tasks.txt")]
[Training(Epochs = 24, BatchSize = 100, EvaluateEvery = 2), Adam(3e-4)]
public static partial class DrugResponse
{
    /// <summary>The network of the paper: the convolutions of the other study replaced by one linear layer.</summary>
    [Input(687)]
    [Linear(500), ReLU]
    public partial class Shared;

    /// <summary>A network small enough that each drug can have one.</summary>
    [Input(687)]
    [Linear(16), ReLU]
    public partial class Small;

    /// <summary>What any model should beat.</summary>
    [Reference]
    [MeanPredictor]
    public partial class Mean;

    /// <summary>Single-task learning as GDSC's authors do it (Iorio et al. 2016), and so the paper's STL.</summary>
    [Baseline]
    [ElasticNet]
    public partial class Stl;

    /// <summary>Single-task learning that keeps all genes.</summary>
    [Reference]
    [Ridge]
    public partial class Ridge;

    /// <summary>One network with sparse heads.</summary>
    [HardSharing, Network(nameof(Shared)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class MtlNn;

    /// <summary>Asymmetric transfer from tasks to features.</summary>
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Network(nameof(Shared)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class DeepAmtfl;

    /// <summary>The same, weighted by learnt task uncertainty.</summary>
    [Proposed]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, Network(nameof(Shared)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class UAmtfl;

    /// <summary>Is it the transfer, or that the features are kept small?</summary>
    [Control]
    [HardSharing, FeatureNorm(0.01), Network(nameof(Shared)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class FeatureNorm;

    /// <summary>181 networks that share nothing.</summary>
    [OnRequest]
    [SingleTask, Network(nameof(Small)), L2(1e-4)]
    public partial class StlNn;
}
