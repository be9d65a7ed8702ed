using System.Net;
using Sluice.TestSupport;
using Xunit;

namespace Sluice.Api.Tests.Documents.Client;

/// <summary>
/// The typed client has what the OpenAPI document says, and nothing else. With <c>SLUICE_WRITE_CLIENT=1</c> the test
/// writes it.
/// </summary>
public sealed class ClientTests(NodeHost host) : IClassFixture<NodeHost>
{
    private static readonly string[] Folders = ["Models", "Operations"];

    [Fact]
    public async Task TheClient_IsWhatTheDocumentSays()
    {
        var document = (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK).Json;
        var expected = new ClientWriter(document).Write();
        var root = Repository.PathOf("client");
        if (Environment.GetEnvironmentVariable("SLUICE_WRITE_CLIENT") == "1")
            Write(root, expected);

        var actual = Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder)))
            .ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(expected.Where(file => actual[file.Key] != file.Value).Select(static file => file.Key));
    }

    private static void Write(string root, IReadOnlyDictionary<string, string> files)
    {
        foreach (var folder in Folders)
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
            foreach (var old in Directory.EnumerateFiles(Path.Combine(root, folder)))
                File.Delete(old);
        }

        foreach (var (path, text) in files)
            File.WriteAllText(Path.Combine(root, path), text);
    }
}
