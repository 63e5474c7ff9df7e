namespace UAmtfl.Hosting;

/// <summary>Separates the settings (<c>--section:key value</c> or <c>--section:key=value</c>) from the rest of a command line.</summary>
internal static class CommandLineSettings
{
    /// <summary>Splits a command line into settings and the rest. Settings are removed before the verbs are parsed, because the parser
    /// would treat an unknown option as an argument.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="settings">The settings, in order.</param>
    /// <returns>The verb, options and arguments that are left.</returns>
    /// <exception cref="UAmtflException">A setting has no value.</exception>
    public static IReadOnlyList<string> Split(IReadOnlyList<string> args, out IReadOnlyList<KeyValuePair<string, string?>> settings)
    {
        var rest = new List<string>();
        var found = new List<KeyValuePair<string, string?>>();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Parts(args[i]);
            if (!IsSetting(args[i], name))
            {
                rest.Add(args[i]);
                continue;
            }

            if (value is null)
            {
                value = ++i < args.Count && !args[i].StartsWith("--", StringComparison.Ordinal)
                    ? args[i]
                    : throw new UAmtflException($"setting {name} has no value; write {name} VALUE");
            }

            found.Add(new(name[2..], value));
        }

        settings = found;
        return rest;
    }

    /// <summary>Returns the name of an option and, if it is written as <c>--name=value</c>, its value.</summary>
    public static (string Name, string? Value) Parts(string token)
    {
        var equals = token.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (token, null) : (token[..equals], token[(equals + 1)..]);
    }

    private static bool IsSetting(string token, string name) =>
        token.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal);
}
