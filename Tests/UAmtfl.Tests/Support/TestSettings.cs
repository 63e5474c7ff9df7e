using Microsoft.Extensions.Configuration;
using UAmtfl.Descriptors;

namespace UAmtfl.Tests.Support;

/// <summary>Makes the settings that a test binds a variant with.</summary>
internal static class TestSettings
{
    /// <summary>Settings in which nothing is configured.</summary>
    public static Settings Empty => new(Configuration().GetSection("none"));

    public static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
        .Build();
}
