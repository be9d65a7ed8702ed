using YamlDotNet.RepresentationModel;

namespace Sluice.Deploy.Tests.Files;

/// <summary>Reads YAML, and finds nodes in it by their path.</summary>
internal static class YamlFile
{
    /// <summary>Returns the documents of a file. Anchors and merge keys are resolved.</summary>
    public static IReadOnlyList<YamlNode> Read(string file) => Parse(Repository.Read(file));

    public static IReadOnlyList<YamlNode> Parse(string text)
    {
        using var reader = new StringReader(text);
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(static d => d.RootNode)];
    }

    /// <summary>Returns the text at a path of keys; null if there is none.</summary>
    public static string? Text(this YamlNode node, params string[] path) =>
        (node.At(path) as YamlScalarNode)?.Value;

    /// <summary>Returns the texts of a sequence at a path.</summary>
    public static IEnumerable<string> Texts(this YamlNode node, params string[] path) =>
        node.Items(path).OfType<YamlScalarNode>().Select(static s => s.Value!);

    public static IEnumerable<YamlNode> Items(this YamlNode node, params string[] path) =>
        node.At(path) is YamlSequenceNode list ? list.Children : [];

    /// <summary>Returns the keys and values of a mapping at a path.</summary>
    public static IEnumerable<(string Key, YamlNode Value)> Entries(this YamlNode node, params string[] path) =>
        node.At(path) is YamlMappingNode map
            ? map.Children.Select(static c => (((YamlScalarNode)c.Key).Value!, c.Value))
            : [];

    public static YamlNode? At(this YamlNode node, params string[] path)
    {
        YamlNode? at = node;
        foreach (var key in path)
            at = at is YamlMappingNode map ? Child(map, key) : null;
        return at;
    }

    private static YamlNode? Child(YamlMappingNode map, string key)
    {
        if (map.Children.TryGetValue(key, out var own))
            return own;
        return map.Children.TryGetValue("<<", out var merged) && merged is YamlMappingNode inherited
            ? Child(inherited, key)
            : null;
    }
}
