using UAmtfl.Experiments.Mnist;

namespace UAmtfl.Experiments.WeakDigits;

// What a label model makes of short rules; README.md has the numbers.
/// <summary>Digits from rules about holes, strokes and symmetry: label models side by side, and true labels</summary>
[Experiment("weak-digits", Seeds = 3)]
[Dataset<DigitForms>]
[Depends(nameof(TwoHoles), nameof(Loop))]
[Depends(nameof(Loop), nameof(NoLoop))]
[Depends(nameof(Thin), nameof(Turned))]
[Depends(nameof(Profile), nameof(Turned))]
[Depends(nameof(Base), nameof(Lean))]
[Depends(nameof(Fork), nameof(Tail))]
[Training(Epochs = 10, BatchSize = 100), Adam(2e-3), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class DigitsFromRules
{
    /// <summary>The form of a digit.</summary>
    [Hierarchy]
    public enum Form { Round, Straight, Curved }

    /// <summary>The digits with a closed loop.</summary>
    [Under(nameof(Form.Round))]
    public enum Round { Zero, Six, Eight, Nine }

    /// <summary>The digits of straight strokes.</summary>
    [Under(nameof(Form.Straight))]
    public enum Straight { One, Four, Seven }

    /// <summary>The digits of open curves.</summary>
    [Under(nameof(Form.Curved))]
    public enum Curved { Two, Three, Five }

    /// <summary>A small convolutional network.</summary>
    [Input(1, DigitImages.Side, DigitImages.Side)]
    [Conv2d(10, Kernel = 5), MaxPool2d(2), ReLU]
    [Conv2d(20, Kernel = 5), MaxPool2d(2), ReLU]
    [Flatten, Linear(50), ReLU]
    public partial class LeNet;

    /// <summary>True labels.</summary>
    [Baseline, HardSharing]
    public partial class Gold;

    /// <summary>The label model of all tasks together, with dependencies.</summary>
    [Proposed, HardSharing, WeakLabels]
    public partial class MeTaL;

    /// <summary>The same with dependencies forgotten.</summary>
    [HardSharing, WeakLabels(Dependencies = SourceDependencies.Ignored)]
    public partial class Forgotten;

    /// <summary>Confusion matrices for each task alone.</summary>
    [HardSharing, WeakLabels(Model = WeakLabelModel.DawidSkene)]
    public partial class DawidSkene;

    /// <summary>Votes, weighted by their agreement with the others.</summary>
    [HardSharing, WeakLabels(Model = WeakLabelModel.WeightedMajority)]
    public partial class Weighted;

    /// <summary>Shares of votes.</summary>
    [HardSharing, WeakLabels(Model = WeakLabelModel.MajorityVote)]
    public partial class Majority;

    // rules about holes

    [LabellingFunction]
    private static Form? Loop(DigitShape digit) => digit.Holes is [{ Area: > 0.03 }, ..] ? Form.Round : null;

    [LabellingFunction]
    private static Form? NoLoop(DigitShape digit) => digit.Holes.Count > 0 ? null
        : digit.Down(0.5) >= 3 ? Form.Curved
        : digit.Width < 0.45 || digit.Down(0.5) == 1 ? Form.Straight
        : null;

    [LabellingFunction]
    private static Round? TwoHoles(DigitShape digit) => digit.Holes.Count == 2 ? Round.Eight : null;

    [LabellingFunction]
    private static Round? MiddleHole(DigitShape digit) =>
        digit.Holes is [{ Height: > 0.4 and < 0.62, Area: > 0.14 }] ? Round.Zero : null;

    [LabellingFunction]
    private static Round? HighHole(DigitShape digit) => digit.Holes is [{ Height: < 0.38 }] ? Round.Nine : null;

    [LabellingFunction]
    private static Round? LowHole(DigitShape digit) => digit.Holes is [{ Height: > 0.6, Area: > 0.05 }] ? Round.Six : null;

    // rules about the strokes that lines cross

    [LabellingFunction]
    private static Labels? Profile(DigitShape digit) => (digit.Across(0.25), digit.Across(0.5), digit.Across(0.75)) switch
    {
        (2, 2, 2) => Is(Round.Zero),
        (1, 1, 1) => digit.Down(0.5) switch { 1 => Is(Straight.One), 2 => Is(Straight.Seven), _ => Is(Curved.Three) },
        (2, 2, 1) => Is(Straight.Four),
        (2, 1, 1) => digit.Down(0.5) == 1 ? Is(Straight.Four) : Is(Round.Nine),
        (1, 1, 2) => digit.Down(0.5) >= 3 ? Is(Curved.Five) : Is(Round.Six),
        (1, 2, 2) => Is(Round.Six),
        (2, 1, 2) => Is(Round.Eight),
        _ => null,
    };

    [LabellingFunction]
    private static Labels? Columns(DigitShape digit) => (digit.Down(0.25), digit.Down(0.5), digit.Down(0.75)) switch
    {
        (1, 2, 1) => Is(Round.Zero),
        (2, 3, 2) => Is(Round.Eight),
        (1, 1, 1) => Is(Straight.Four),
        (2, 2, 1) => Is(Straight.Seven),
        (1, 3, 2) => Is(Round.Six),
        (2, 3, 1) => Is(Round.Nine),
        (_, 3, 2) => Is(Curved.Three),
        _ => null,
    };

    [LabellingFunction]
    private static Straight? Fork(DigitShape digit) =>
        digit.Across(0.2) == 2 && digit.Across(0.85) == 1 && digit.Stroke(0.05) < 0.45 && digit.Centre(0.9) > 0.5 ? Straight.Four : null;

    [LabellingFunction]
    private static Round? Tail(DigitShape digit) =>
        digit.Across(0.85) == 1 && digit.Across(0.2) == 2 && digit.Centre(0.85) > 0.45 ? Round.Nine : null;

    [LabellingFunction]
    private static Round? Head(DigitShape digit) =>
        digit.Across(0.15) == 1 && digit.Stroke(0.15) < 0.4 && digit.Across(0.72) == 2 ? Round.Six : null;

    // rules about where the ink is

    [LabellingFunction]
    private static Straight? Thin(DigitShape digit) => digit.Width < 0.4 ? Straight.One : null;

    [LabellingFunction]
    private static Labels? TopBar(DigitShape digit) =>
        digit.Stroke(0.07) > 0.5 && digit.Stroke(0.93) < 0.3 && digit.Across(0.75) == 1
            ? digit.Down(0.5) <= 2 ? Is(Straight.Seven) : Is(Curved.Five)
            : null;

    [LabellingFunction]
    private static Labels? Lean(DigitShape digit) => (digit.Centre(0.25), digit.Centre(0.72)) switch
    {
        ( < 0.38, > 0.6) => Is(Curved.Five),
        ( > 0.6, > 0.6) => Is(Curved.Three),
        ( > 0.55, < 0.45) => Is(Curved.Two),
        ( < 0.4, < 0.5) => Is(Round.Six),
        _ => null,
    };

    [LabellingFunction]
    private static Curved? Base(DigitShape digit) => digit.Stroke(0.93) > 0.5 && digit.Centre(0.25) > 0.5
        ? digit.Centre(0.72) < 0.5 ? Curved.Two : Curved.Three
        : null;

    [LabellingFunction]
    private static Round? Waist(DigitShape digit) =>
        digit.Stroke(0.5) < 0.45 && digit.Stroke(0.25) > 0.45 && digit.Stroke(0.75) > 0.45 ? Round.Eight : null;

    // a rule about symmetry

    [LabellingFunction]
    private static Labels? Turned(DigitShape digit) => digit.TurnSymmetry() <= 0.5 ? null
        : digit.Width < 0.45 ? Is(Straight.One)
        : digit.Down(0.5) >= 3 ? Is(Round.Eight)
        : digit.Across(0.5) == 2 ? Is(Round.Zero)
        : null;

    private static Labels Is(Round digit) => new(Form.Round, digit, null, null);

    private static Labels Is(Straight digit) => new(Form.Straight, null, digit, null);

    private static Labels Is(Curved digit) => new(Form.Curved, null, null, digit);
}
