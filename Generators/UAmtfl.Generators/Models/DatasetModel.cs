namespace UAmtfl.Generators.Models;

/// <summary>The model of the place from which an experiment takes its data, of which one is not null.</summary>
/// <param name="Type">The data set's class, with global::.</param>
/// <param name="Table">The table.</param>
/// <param name="Images">The folder of images.</param>
internal sealed record DatasetModel(string? Type = null, TableModel? Table = null, ImageFolderModel? Images = null);

/// <summary>The model of [ImageFolder], with the members of <c>UAmtfl.Data.ImageFolderDeclaration</c>. A fraction that is null is not
/// written.</summary>
internal sealed record ImageFolderModel(
    string Path, int Side, EquatableArray<string> Tasks, int Classes, double? Test, double? Validation, int Folds, int Seed);

/// <summary>The model of [ImageFolder] beside a table: the constructor's arguments of <c>UAmtfl.Data.ImageColumn</c>.</summary>
internal sealed record ImageColumnModel(string Path, string Column, int Side);
