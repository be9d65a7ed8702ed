using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag.CodeGeneration.CSharp;
using Sluice.TestSupport;
using Xunit;

namespace Sluice.Api.Tests.Documents;

/// <summary>A client that is generated from the document, with a common generator's defaults.</summary>
public sealed class GeneratedClientTests(NodeHost host) : IClassFixture<NodeHost>
{
    // Generating and compiling takes a processor for a minute; our own client is held equal to the document every time.
    [Fact]
    [Trait("run", "soak")]
    public async Task AGeneratedClient_RunsTheWalkthroughs()
    {
        var document = (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK).Text;
        var client = new CSharpClientGenerator(
            await NSwag.OpenApiDocument.FromJsonAsync(document, TestContext.Current.CancellationToken),
            new CSharpClientGeneratorSettings
            {
                ClassName = "SluiceClient",
                GenerateOptionalParameters = true,
                CSharpGeneratorSettings =
                {
                    Namespace = "Generated",
                    GenerateNullableReferenceTypes = true,
                    GenerateOptionalPropertiesAsNullable = true,
                },
            }).GenerateFile();
        var walkthrough = await File.ReadAllTextAsync(
            Repository.PathOf("tests", "api", "Documents", "Generated", "Walkthrough.cs"),
            TestContext.Current.CancellationToken);
        var run = Compile(client, walkthrough).GetType("Walkthrough")!
            .GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Static)!
            .CreateDelegate<Func<Func<string, HttpClient>, string, DateTimeOffset, Task>>();

        await run(Bearing, NodeHost.OperatorToken, host.Time.GetUtcNow());
    }

    private HttpClient Bearing(string token)
    {
        var client = host.CreateClient();
        if (token.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static Assembly Compile(params string[] sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Generated",
            sources.Select(static source => CSharpSyntaxTree.ParseText(source)),
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        var errors = result.Diagnostics.Where(static found => found.Severity == DiagnosticSeverity.Error);
        Assert.True(result.Success, string.Join('\n', errors));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }
}
