namespace UAmtfl;

/// <summary>States the version of the language that a library understands. The generator compares it with its own version, because code
/// for another version may fail to compile, or compute something else.</summary>
/// <param name="version">The version, from 1 on. It rises when generated code needs something of the library that earlier ones
/// lack.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LanguageVersionAttribute(int version) : Attribute
{
    /// <summary>The version of the language of this library.</summary>
    public const int Current = 1;

    /// <summary>The version, from 1 on.</summary>
    public int Version { get; } = version;
}
