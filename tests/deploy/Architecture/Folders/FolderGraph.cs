using System.Text.RegularExpressions;

namespace Sluice.Deploy.Tests.Architecture.Folders;

/// <summary>
/// The dependencies between the folders of a project: a folder is a namespace, so its files declare them.
/// </summary>
internal sealed partial class FolderGraph
{
    private readonly Dictionary<string, HashSet<string>> _uses = [];

    /// <param name="sources">The files of a project.</param>
    /// <param name="usings">The namespaces that the project uses in all its files.</param>
    public FolderGraph(IEnumerable<string> sources, IReadOnlyCollection<string> usings)
    {
        var files = sources.Select(source => new Code(source, usings)).ToList();
        var namespaces = files.Select(static file => file.Namespace).ToHashSet();
        var folderOf = files.SelectMany(static file => file.Types.Select(type => (type, file.Namespace)))
            .ToLookup(static pair => pair.type, static pair => pair.Namespace);
        foreach (var file in files)
        {
            var seen = namespaces.Where(file.Sees).ToHashSet();
            var used = file.Words.SelectMany(word => folderOf[word]).Where(seen.Contains);
            // Extension methods are used without naming their class; then the using directive must tell.
            var named = file.Directives.Where(namespaces.Contains);
            var all = _uses.TryGetValue(file.Namespace, out var known) ? known : _uses[file.Namespace] = [];
            all.UnionWith(used.Concat(named).Where(folder => folder != file.Namespace));
        }
    }

    public int Count => _uses.Count;

    /// <summary>Returns pairs of folders that use each other, directly or through others.</summary>
    public IEnumerable<string> Cycles() =>
        from one in _uses.Keys.Order(StringComparer.Ordinal)
        from other in ReachableFrom(one).Order(StringComparer.Ordinal)
        where string.CompareOrdinal(one, other) < 0 && ReachableFrom(other).Contains(one)
        select $"{one} and {other} use each other";

    private HashSet<string> ReachableFrom(string folder)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>([folder]);
        while (next.TryPop(out var current))
        {
            foreach (var used in _uses.GetValueOrDefault(current, []))
            {
                if (reached.Add(used))
                    next.Push(used);
            }
        }

        return reached;
    }

    /// <summary>A file, as far as folders depend on it. Comments and string literals do not count.</summary>
    private sealed class Code
    {
        private readonly IReadOnlyCollection<string> _usings;

        public Code(string text, IReadOnlyCollection<string> usings)
        {
            _usings = usings;
            Directives = [.. DirectivePattern().Matches(text).Select(static m => m.Groups["name"].Value)];
            Namespace = NamespacePattern().Match(text).Groups["name"].Value;
            var code = NoCode().Replace(DirectivePattern().Replace(text, ""), "");
            Types = [.. TypePattern().Matches(code).Select(static m => m.Groups["name"].Value)];
            Words = [.. WordPattern().Matches(code).Select(static m => m.Value)];
        }

        public IReadOnlyList<string> Directives { get; }

        public string Namespace { get; }

        public IReadOnlyList<string> Types { get; }

        public HashSet<string> Words { get; }

        public bool Sees(string other) =>
            Directives.Contains(other) || _usings.Contains(other)
            || Namespace.StartsWith($"{other}.", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^using (?<name>[\w.]+);\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex DirectivePattern();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"//[^\n]*|""(\\.|[^""\\\n])*""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NoCode();

    [GeneratedRegex(
        @"\b(class|struct|record|interface|enum)\s+(?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"\b[A-Z]\w*\b", RegexOptions.None, 1_000)]
    private static partial Regex WordPattern();
}
