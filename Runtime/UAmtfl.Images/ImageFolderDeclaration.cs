namespace UAmtfl.Data;

/// <summary>The declaration of the image folder from which an experiment takes its data (<see cref="ImageFolderAttribute"/>).</summary>
public sealed record ImageFolderDeclaration
{
    /// <summary>The folder, as the experiment names it.</summary>
    public required string Path { get; init; }

    /// <summary>The height and width of the inputs in pixels, at least 1.</summary>
    public required int Side { get; init; }

    /// <summary>The names of the tasks in the order of the labels: one task, which tells all classes apart, or one for each
    /// class.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>The number of classes of the only task, at least 2; 0, the default, if there is a task for each class.</summary>
    public int Classes { get; init; }

    /// <summary>The fraction of the images that is drawn for the test, above 0 and below 1; null, the default, for 0.2, or for none if
    /// they have a folder.</summary>
    public double? Test { get; init; }

    /// <summary>The fraction of the images that is drawn for the validation, at least 0 and below 1; null, the default, for 0.1, or for
    /// none if they have a folder.</summary>
    public double? Validation { get; init; }

    /// <summary>The number of folds of a cross-validation, at least 2; 0, the default, for none.</summary>
    public int Folds { get; init; }

    /// <summary>The seed of the draw, at least 1; 0, the default, for that of the run.</summary>
    public int Seed { get; init; }
}
