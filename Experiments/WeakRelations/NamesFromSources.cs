namespace UAmtfl.Experiments.WeakRelations;

// The example of Ratner et al. 2019, Training complex models with multi-task weak supervision, as a simulation whose truth is known.
/// <summary>Persons and organisations from four sources, of which one repeats another: label models, and true labels</summary>
[Experiment("weak-relations", Seeds = 3)]
[Dataset<Relations>]
[Source("headline", Tasks = [nameof(Entity), nameof(Workplace)])]
[Source("copied headline")]
[Source("register")]
[Source("phrase")]
[Depends("headline", "copied headline")]
[Training(Epochs = 20, BatchSize = 100), Adam(2e-3), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class NamesFromSources
{
    /// <summary>What the name is of.</summary>
    [Hierarchy]
    public enum Entity { Person, Organisation }

    /// <summary>What a person is.</summary>
    [Under(nameof(Entity.Person))]
    public enum Profession { Doctor, Lawyer }

    /// <summary>What an organisation is.</summary>
    [Under(nameof(Entity.Organisation))]
    public enum Workplace { Hospital, Office }

    /// <summary>A small perceptron.</summary>
    [Input(Relations.Inputs), Linear(32), ReLU]
    public partial class Net;

    /// <summary>True labels.</summary>
    [Baseline, HardSharing]
    public partial class Gold;

    /// <summary>The label model of all tasks together, which knows of the copy.</summary>
    [Proposed, HardSharing, WeakLabels]
    public partial class MeTaL;

    /// <summary>The same with the copy forgotten.</summary>
    [HardSharing, WeakLabels(Dependencies = SourceDependencies.Ignored)]
    public partial class Forgotten;

    /// <summary>The same with the shares of the kinds from the validation set.</summary>
    [HardSharing, WeakLabels(Balance = ClassBalance.Validation)]
    public partial class KnownShares;

    /// <summary>A label model of each task alone, with independent sources.</summary>
    [HardSharing, WeakLabels(Model = WeakLabelModel.Independent)]
    public partial class TaskByTask;

    /// <summary>Confusion matrices for each task alone.</summary>
    [HardSharing, WeakLabels(Model = WeakLabelModel.DawidSkene)]
    public partial class DawidSkene;

    /// <summary>Votes, weighted by their agreement with the others.</summary>
    [HardSharing, WeakLabels(Model = WeakLabelModel.WeightedMajority)]
    public partial class Weighted;

    /// <summary>Shares of votes.</summary>
    [HardSharing, WeakLabels(Model = WeakLabelModel.MajorityVote)]
    public partial class Majority;
}
