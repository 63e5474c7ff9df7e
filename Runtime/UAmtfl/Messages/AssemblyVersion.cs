using System.Reflection;

namespace UAmtfl.Messages;

/// <summary>Reads the versions of assemblies for records and messages.</summary>
internal static class AssemblyVersion
{
    /// <summary>Returns the version of an assembly: the informational one, which can name the commit, or the number.</summary>
    public static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString()
            ?? "unknown";
}
