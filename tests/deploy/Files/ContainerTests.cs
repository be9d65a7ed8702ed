using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using Sluice.LoadTest.Processes;
using Xunit;

namespace Sluice.Deploy.Tests.Files;

/// <summary>The one image: what goes into it, which program it starts, and how it tells its health.</summary>
public sealed class ContainerTests
{
    private const string Program = "Sluice.Silo.dll";

    [Theory]
    [InlineData("200 OK", 0)]
    [InlineData("503 Service Unavailable", 1)]
    public async Task TheHealthCheck_GoesByTheAnswerOfTheNode(string status, int expected)
    {
        using var node = new TcpListener(IPAddress.Loopback, 0);
        node.Start();
        var answering = AnswerAsync(node, status);

        var code = await HealthyAsync($"http://*:{((IPEndPoint)node.LocalEndpoint).Port}");

        Assert.Equal(expected, code);
        Assert.Equal("GET /health/ready HTTP/1.1", await answering);
    }

    [Fact]
    public async Task TheHealthCheck_FailsWhereNothingListens() =>
        Assert.NotEqual(0, await HealthyAsync($"http://*:{FreePorts.Next()}/"));

    [Fact]
    public void TheContainer_IsGivenEveryProjectThatItsProgramNeeds()
    {
        var let = Repository.Read("deploy/container/Dockerfile.dockerignore").Split('\n')
            .Where(static l => l.StartsWith('!')).Select(static l => l[1..]).ToHashSet();
        var needed = new HashSet<string>();
        Collect("silo/Sluice.Silo.csproj", needed);

        Assert.Contains("storage", needed);
        Assert.Empty(needed.Except(let));
    }

    [Fact]
    public void TheContainer_IsPublishedFromTheOneProgram_AndStartsIt()
    {
        var file = Repository.Read("deploy/container/Dockerfile");

        Assert.Contains("dotnet publish silo -c Release", file, StringComparison.Ordinal);
        Assert.Equal(2, file.Split("\nFROM ").Length - 1);
        Assert.EndsWith($"ENTRYPOINT [\"dotnet\", \"{Program}\"]\n", file, StringComparison.Ordinal);
    }

    /// <summary>Web libraries and a program that references them easily bring the same file twice.</summary>
    [Fact]
    public async Task TheProgram_CanBePublished()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-publish-").FullName;
        try
        {
            (await Tool.RunAsync(
                "dotnet", ["publish", "silo", "-c", "Release", "--no-build", "--nologo", "-o", folder])).Succeeded();

            Assert.True(File.Exists(Path.Combine(folder, Program)));
            Assert.True(File.Exists(Path.Combine(folder, "appsettings.json")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Collect(string project, HashSet<string> folders)
    {
        var folder = Path.GetDirectoryName(project)!;
        if (!folders.Add(folder))
            return;
        foreach (var reference in XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference"))
        {
            var path = Path.Combine(folder, reference.Attribute("Include")!.Value.Replace('\\', '/'));
            Collect(Path.GetRelativePath(Repository.Root, Repository.PathOf(path)), folders);
        }
    }

    private static async Task<int> HealthyAsync(string listen)
    {
        using var check = Process.Start(new ProcessStartInfo(Repository.PathOf("deploy", "container", "healthy"))
        {
            UseShellExecute = false,
            Environment = { ["SLUICE_LISTEN"] = listen },
        })!;
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);
        return check.ExitCode;
    }

    /// <summary>Answers one request; returns its first line.</summary>
    private static async Task<string> AnswerAsync(TcpListener node, string status)
    {
        using var client = await node.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        var first = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 })
        {
        }

        var answer = $"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        return first!;
    }
}
