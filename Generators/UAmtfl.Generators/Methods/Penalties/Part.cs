namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The parts of a network that a norm can be of; the names are those of <c>UAmtfl.Part</c>.</summary>
internal enum Part
{
    All,
    Trunk,
    Heads,
}

/// <summary>Parts in names and sentences.</summary>
internal static class Parts
{
    /// <summary>The name of the strength of a norm of a part: <c>Mu</c>, <c>MuHeads</c>.</summary>
    public static string Property(this Part part, string symbol) => part == Part.All ? symbol : $"{symbol}{part}";

    /// <summary>The part as a sentence names it.</summary>
    public static string Words(this Part part) => part switch
    {
        Part.Trunk => "the trunk",
        Part.Heads => "the heads",
        _ => "trunk and heads",
    };

    /// <summary>A norm of the part as a report names it: <c>L1</c>, <c>L1(Heads)</c>.</summary>
    public static string Label(this Part part, string norm) => part == Part.All ? norm : $"{norm}({part})";
}
