using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace UAmtfl.Descriptors;

/// <summary>A section of configuration with given numbers, such as the hyper-parameters of a saved model.</summary>
/// <param name="name">The name of the section, for messages.</param>
/// <param name="values">The numbers by key.</param>
internal sealed class FixedSettings(string name, IReadOnlyDictionary<string, double> values) : IConfigurationSection
{
    /// <inheritdoc/>
    public string Key => name;

    /// <inheritdoc/>
    public string Path => name;

    /// <inheritdoc/>
    public string? Value
    {
        get => null;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public string? this[string key]
    {
        get => values.TryGetValue(key, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : null;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public IConfigurationSection GetSection(string key) => throw new NotSupportedException();

    /// <inheritdoc/>
    public IEnumerable<IConfigurationSection> GetChildren() => [];

    /// <inheritdoc/>
    public IChangeToken GetReloadToken() => throw new NotSupportedException();
}
