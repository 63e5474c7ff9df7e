namespace UAmtfl.Tests.Support;

/// <summary>A fact that reads real files, from a folder for each data set below the folder that the variable <c>UAMTFL_DATA</c> names. It
/// is skipped if the files are not there.</summary>
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
