namespace UAmtfl.Experiments.Room;

/// <summary>20 one-vs-all kinds of room from 500 principal components (Room of Lee et al. 2018, Table 1)</summary>
// The paper gives no schedule; strengths are searched on each seed's validation rows.
[Experiment("room", Seeds = 5)]
[Dataset<RoomFeatures>]
[Training(Epochs = 40, BatchSize = 100), Adam(1e-3), StepDecay(At = 0.5, Factor = 0.1)]
public static partial class RoomScenes
{
    /// <summary>The tasks, each to tell one kind of room from all others, by its number in the data.</summary>
    [Binary(OneVsAll = true)]
    public enum Scene
    {
        Room1, Room2, Room3, Room4, Room5, Room6, Room7, Room8, Room9, Room10,
        Room11, Room12, Room13, Room14, Room15, Room16, Room17, Room18, Room19, Room20,
    }

    /// <summary>A trunk without layers, so that heads on it are linear models of the features.</summary>
    [Input(RoomFeatures.Components)]
    public partial class None;

    /// <summary>A trunk of one hidden layer of the paper's size.</summary>
    [Input(RoomFeatures.Components)]
    [Linear(1000), ReLU]
    public partial class Hidden;

    /// <summary>Single-task learning: a logistic regression for each kind.</summary>
    [Baseline]
    [Ridge]
    public partial class Stl;

    /// <summary>Asymmetric transfer between linear models.</summary>
    [DeepAmtl, Network(nameof(None)), Adam(3e-2)]
    [Grid("Alpha", 0.1, 0.01), Grid("Gamma", 0.1, 0.01, 0.001)]
    public partial class Amtl;

    /// <summary>A shared network with one hidden layer and weight decay everywhere.</summary>
    [Reference]
    [HardSharing, Network(nameof(Hidden)), L2(1e-4)]
    [Grid("Lambda", 1e-2, 1e-3, 1e-4)]
    public partial class Nn;

    /// <summary>A shared network with one hidden layer and sparse heads.</summary>
    [HardSharing, Network(nameof(Hidden)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    [Grid("MuHeads", 1e-2, 1e-3, 1e-4, Tied = "LambdaTrunk")]
    public partial class MtNn;

    /// <summary>Asymmetric transfer from tasks to features.</summary>
    [Proposed]
    [Amtfl, Network(nameof(Hidden)), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    [Grid("MuHeads", 1e-2, 1e-3, Tied = "LambdaTrunk"), Grid("Alpha", 0.1, 0.01), Grid("Gamma", 1e-2, 1e-3, 1e-4)]
    public partial class Amtfl;
}
