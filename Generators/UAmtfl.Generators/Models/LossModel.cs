namespace UAmtfl.Generators.Models;

/// <summary>The loss of a task. Tasks of one kind with equal losses share one call.</summary>
/// <param name="Method">The name of the method of the runtime's <c>Loss</c> that computes it.</param>
/// <param name="Symbol">Its name in formulas, such as <c>MSE</c>.</param>
/// <param name="Arguments">The numbers that the method takes after outputs and labels, as C#: <c>, delta: 2</c>.</param>
/// <param name="Weighted">True if the method takes the weights of the tasks' labels.</param>
/// <param name="Words">The options that the declaration has chosen, for messages; null if it has chosen none.</param>
/// <param name="Rates">True if predictions are exp(o), because the outputs are logarithms of rates.</param>
/// <param name="Type">The class of the user's own that computes it, with global::; null for a loss of the runtime.</param>
/// <param name="Spread">The mean of r² / σ² under the density whose negative logarithm is ℓ / σ + log σ and a constant; null for a loss
/// that is divided by 2σ², or that has no such density.</param>
/// <param name="Balanced">True if the weights of the tasks' labels make up for their shares among the training labels.</param>
internal sealed record LossModel(
    string Method,
    string Symbol,
    string Arguments = "",
    bool Weighted = false,
    string? Words = null,
    bool Rates = false,
    string? Type = null,
    double? Spread = null,
    bool Balanced = false)
{
    /// <summary>Returns the loss of a kind of task whose declaration chooses none.</summary>
    public static LossModel Default(TaskKind kind) => kind switch
    {
        TaskKind.Binary => new("Binary", "BCE"),
        TaskKind.Regression => new("Squared", "MSE"),
        _ => new("Softmax", "CE"),
    };
}
