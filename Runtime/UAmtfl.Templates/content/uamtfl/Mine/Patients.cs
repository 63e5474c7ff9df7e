namespace Mine;

/// <summary>Three outcomes of simulated patients, learnt by a network for each, by one shared network, and by U-AMTFL.</summary>
[Experiment("patients", Seeds = 3)]
[Table("patients.csv", Id = "patient", Missing = MissingInputs.Mean, StandardiseLabels = true)]
[Partition(Train = 0.15, Validation = 0.15, Stratify = "relapse", Group = "hospital")]
[Training(Epochs = 40, BatchSize = 32), Adam(2e-3)]
public static partial class Patients
{
    public enum Outcome
    {
        [Binary] Relapse,
        [Classification(3)] Stage,
        [Regression, Column("days in hospital")] Days,
    }

    [Input(18)]
    [Linear(32), ReLU]
    public partial class Net;

    /// <summary>A network for each outcome.</summary>
    [Baseline, SingleTask]
    public partial class Alone;

    /// <summary>One network for all outcomes.</summary>
    [HardSharing]
    public partial class Shared;

    /// <summary>One network whose losses are weighted by learnt uncertainty.</summary>
    [HardSharing, Uncertainty]
    public partial class Weighted;

    /// <summary>Asymmetric feature learning weighted by learnt uncertainty.</summary>
    [Proposed]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty]
    public partial class UAmtfl;
}
