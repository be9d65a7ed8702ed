using System.Diagnostics;
using System.Globalization;

namespace Sluice.Deploy.Tests.Scripts;

/// <summary>
/// A copy of <c>./test</c> in a folder of its own, with test projects that are chosen <see cref="Specimens"/>. Nothing
/// is built; the test programs are this one, so that the script reads xunit's real output.
/// </summary>
internal sealed class TestRun : IAsyncDisposable
{
    /// <summary>
    /// Stands in for <c>dotnet</c>: records each build and its package cache; runs the specimens that a project names.
    /// </summary>
    private const string Dotnet = """
        #!/usr/bin/env bash
        if [[ $1 == build ]]; then
          printf '%s %s\n' "$(ls -A "$NUGET_PACKAGES" | wc -l)" "$NUGET_PACKAGES" >>"$SLUICE_DATA/builds"
          [[ ! -e $SLUICE_DATA/broken ]] || { echo "error CS0103: broken"; exit 1; }
          exit 0
        fi
        PATH=${PATH#*:}
        specimens=$(cat "${1%/bin/*}/specimens")
        exec dotnet "$SPECIMENS" "${@:2}" -explicit only $specimens
        """;

    /// <summary>Stands in for the functions that may install prerequisites, and installs nothing.</summary>
    private const string NoPrerequisites = """
        require_postgres() { :; }
        require_chromium() { :; }
        """;

    private readonly Sandbox _sandbox = Sandbox.Create();
    private readonly List<string> _projects = [];

    private TestRun()
    {
    }

    public string Data => _sandbox.Data;

    /// <summary>Returns the package folder that each build used, and how many entries it had.</summary>
    public IEnumerable<(string Folder, int Entries)> Builds() =>
        from line in File.ReadLines(Path.Combine(Data, "builds"))
        let space = line.IndexOf(' ', StringComparison.Ordinal)
        select (line[(space + 1)..], int.Parse(line[..space], CultureInfo.InvariantCulture));

    public static TestRun Create()
    {
        var run = new TestRun();
        Directory.CreateDirectory(run.Data);
        foreach (var file in (string[])["test", ".ci/run", "tests/results.awk", "deploy/prerequisites.sh"])
            run.Copy(file);
        File.AppendAllText(run.PathOf("deploy/prerequisites.sh"), NoPrerequisites);
        Directory.CreateDirectory(run.PathOf("bin"));
        File.WriteAllText(run.PathOf("bin/dotnet"), Dotnet);
        const UnixFileMode Program = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        File.SetUnixFileMode(run.PathOf("bin/dotnet"), Program);
        return run;
    }

    /// <summary>Adds a test project with these <see cref="Specimens"/>.</summary>
    public TestRun With(string project, params string[] specimens)
    {
        Directory.CreateDirectory(PathOf($"tests/{project}"));
        File.WriteAllText(PathOf($"tests/{project}/Sluice.Some.Tests.csproj"), "");
        File.WriteAllLines(
            PathOf($"tests/{project}/specimens"), specimens.Select(s => $"-method {typeof(Specimens).FullName}.{s}"));
        _projects.Add($@"Project(""{{0}}"") = ""x"", ""tests\{project}\Sluice.Some.Tests.csproj"", ""{{1}}""");
        File.WriteAllLines(PathOf("Orleans.sln"), _projects);
        return this;
    }

    /// <summary>Starts a script of the copy: <c>./test</c> unless another is named.</summary>
    public Process Launch(
        Dictionary<string, string>? settings = null, string script = "test", params string[] arguments)
        => _sandbox.Launch(
            "bash",
            new(settings ?? [])
            {
                ["PATH"] = $"{PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["SPECIMENS"] = typeof(Specimens).Assembly.Location,
            },
            [PathOf(script), .. arguments]);

    public async Task<ScriptResult> RunAsync(
        Dictionary<string, string>? settings = null, string script = "test", params string[] arguments)
        => await EndOfAsync(Launch(settings, script, arguments));

    /// <summary>Waits for a script to end; returns what it wrote.</summary>
    public static async Task<ScriptResult> EndOfAsync(Process script)
    {
        var output = script.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = script.StandardError.ReadToEndAsync(CancellationToken.None);
        await script.WaitForExitAsync(CancellationToken.None);
        return new ScriptResult(script.ExitCode, await output, await errors);
    }

    /// <summary>Waits until a specimen hangs; returns the id of the process that it has started.</summary>
    public async Task<string> HangsAsync()
    {
        await _sandbox.AppearsAsync(Specimens.StartedFile);
        return await File.ReadAllTextAsync(Path.Combine(Data, Specimens.StartedFile));
    }

    /// <summary>Whether a process runs: one that has ended but was not waited for has no environment.</summary>
    public static bool IsAlive(string id)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{id}/environ").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private string PathOf(string file) => Path.Combine(_sandbox.Folder, file);

    private void Copy(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.Copy(Repository.PathOf(file.Split('/')), PathOf(file));
    }
}
