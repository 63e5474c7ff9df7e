namespace UAmtfl.Tests.Data;

/// <summary>A test that reads the real files: of the folder that the variable <c>UAMTFL_DATA</c> names, which has a subfolder for
/// each data set. Skipped where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute(string name)
    {
        if (Root is not { Length: > 0 } || !Directory.Exists(Folder(name)))
        {
            Skip = $"needs the data set {name}: set UAMTFL_DATA to a folder that has it in a subfolder of that name";
        }
    }

    public static string? Root => Environment.GetEnvironmentVariable("UAMTFL_DATA");

    public static string Folder(string name) => Path.Combine(Root!, name);
}
