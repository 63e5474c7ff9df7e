using System.Text.Json;
using System.Text.Json.Nodes;

namespace UAmtfl.Hosting;

/// <summary>Finds what differs between the record of a run and the record that it would have now.</summary>
internal static class Changes
{
    /// <summary>The number of differences that a message names.</summary>
    public const int Shown = 4;

    /// <summary>The parts of the record on which no result depends.</summary>
    private static readonly string[] Irrelevant = ["started", "commandLine", "machine", "git", "parallel", "title", "network"];

    /// <summary>Returns a clause for each difference: «variants.UAmtfl.values.alpha is 0.5, and was 0.4».</summary>
    public static IEnumerable<string> Between(RunManifest before, RunManifest now) => Between("", Tree(before), Tree(now));

    private static JsonNode Tree(RunManifest manifest) => JsonSerializer.SerializeToNode(manifest, RunJson.Line.RunManifest)!;

    private static IEnumerable<string> Between(string path, JsonNode? before, JsonNode? now)
    {
        if (JsonNode.DeepEquals(before, now))
        {
            return [];
        }

        var (old, current) = (Members(before), Members(now));
        return old is null || current is null
            ? [$"{path} is {Text(now)}, and was {Text(before)}"]
            : old.Keys.Union(current.Keys).Where(key => !Irrelevant.Contains(key)).SelectMany(
                key => Between(path.Length == 0 ? key : $"{path}.{key}", old.GetValueOrDefault(key), current.GetValueOrDefault(key)));
    }

    /// <summary>Returns the members of an object, or the elements of an array of named objects by name; null for anything else.</summary>
    private static Dictionary<string, JsonNode?>? Members(JsonNode? node) => node switch
    {
        JsonObject members => members.ToDictionary(m => m.Key, m => m.Value),
        JsonArray { Count: > 0 } elements when elements.All(e => NameOf(e) is not null) => elements.ToDictionary(e => NameOf(e)!, e => e),
        _ => null,
    };

    private static string? NameOf(JsonNode? element) =>
        element is JsonObject members ? (members["name"] ?? members["path"])?.GetValue<string>() : null;

    private static string Text(JsonNode? node) => node switch
    {
        null => "absent",
        JsonObject => "present",
        _ => node.ToJsonString(),
    };
}
