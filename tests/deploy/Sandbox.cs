using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary>
/// A test's own data folder, and the scripts run on it: as the account of the tests, or, when that is root, as an
/// ordinary one. Leaves neither processes nor files.
/// </summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private const string OrdinaryAccount = "nobody";

    /// <summary>
    /// Cleans up when its stdin ends: with the sandbox, or with the test process, however that ended. The lines it
    /// reads before are process ids; it asks those that still belong to this sandbox to stop, and waits for them.
    /// </summary>
    private const string Guard = """
        trap '' INT TERM HUP
        data=$2
        of_sandbox() { grep -qsF "SLUICE_DATA=$data" "/proc/$1/environ"; }
        while read -r process; do launched="$launched $process"; done
        for process in $launched; do of_sandbox "$process" && kill -s TERM "$process"; done
        for process in $launched; do while of_sandbox "$process"; do sleep 0.1; done; done
        SLUICE_DATA=$data bash "$1/private-postgres.sh" stop 2>/dev/null
        [ -s "$data/postgres-home" ] && rm -rf "$(cat "$data/postgres-home")"
        rm -rf "$3"
        """;

    private static readonly TimeSpan AppearsWithin = TimeSpan.FromMinutes(1);

    private readonly string _scripts;
    private readonly string? _account;
    private readonly List<Process> _launched = [];
    private readonly Process _guard;

    private Sandbox(string folder, string data, string scripts, string? account)
    {
        Folder = folder;
        Data = data;
        _scripts = scripts;
        _account = account;
        _guard = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Guard, "guard", scripts, data, folder])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        })!;
    }

    /// <summary>A temporary folder that is deleted with the sandbox; for the account of the tests only.</summary>
    public string Folder { get; }

    /// <summary>The value of <c>SLUICE_DATA</c> for the scripts.</summary>
    public string Data { get; }

    private string Script => Path.Combine(_scripts, "private-postgres.sh");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="dataFolder">The place of the data folder inside the temporary folder.</param>
    public static Sandbox Create(string dataFolder = "data")
    {
        var folder = Directory.CreateTempSubdirectory("sluice-deploy-").FullName;
        return new Sandbox(folder, Path.Combine(folder, dataFolder), Repository.PathOf("deploy"), account: null);
    }

    /// <summary>Runs the scripts as an ordinary account; for tests that run as root.</summary>
    public static async Task<Sandbox> CreateForOrdinaryAccountAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can run the scripts as another account");
        var folder = Directory.CreateTempSubdirectory("sluice-deploy-").FullName;
        // The clone may be in a place where that account can't read it.
        var scripts = Directory.CreateDirectory(Path.Combine(folder, "deploy")).FullName;
        foreach (var script in Directory.GetFiles(Repository.PathOf("deploy"), "*.sh"))
            File.Copy(script, Path.Combine(scripts, Path.GetFileName(script)));
        await RunAsync("chmod", ["-R", "a+rX", folder], []);
        var home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        (await RunAsync("chown", [OrdinaryAccount, home], [])).Succeeded();
        return new Sandbox(folder, Path.Combine(home, "data"), scripts, OrdinaryAccount);
    }

    /// <summary>Runs <c>private-postgres.sh</c>.</summary>
    public Task<ScriptResult> PostgresAsync(params string[] command) => RunAsAccountAsync("bash", [Script, .. command]);

    /// <summary>Runs <c>private-postgres.sh</c> as root.</summary>
    public Task<ScriptResult> PostgresAsRootAsync(string command) => RunAsync("bash", [Script, command], Settings());

    /// <summary>Runs statements as the superuser of the server: the account that it runs as.</summary>
    public Task<ScriptResult> AsSuperuserAsync(string sql)
    {
        var server = Path.GetDirectoryName(ClusterFolder())!;
        var socket = File.ReadLines(Path.Combine(ClusterFolder(), "postmaster.pid")).ElementAt(4);
        string[] psql = ["psql", "-v", "ON_ERROR_STOP=1", "-h", socket, "-U", "postgres", "-d", "sluice", "-c", sql];
        const string AsItsAccount = "exec setpriv --reuid=$(stat -c %u \"$0\") --clear-groups -- \"$@\"";
        return Environment.IsPrivilegedProcess
            ? RunAsync("sh", ["-c", AsItsAccount, server, .. psql], [])
            : RunAsync(psql[0], psql[1..], []);
    }

    /// <summary>Runs a program as the account of this sandbox.</summary>
    public Task<ScriptResult> RunAsAccountAsync(string program, params string[] arguments) => _account is null
        ? RunAsync(program, arguments, Settings())
        : RunAsync(
            "setpriv",
            [$"--reuid={_account}", "--regid=nogroup", "--clear-groups", program, .. arguments],
            Settings());

    /// <summary>
    /// Starts a long-lived program as the account of the tests, with additional settings. The sandbox owns it, and ends
    /// it if the test did not.
    /// </summary>
    public Process Launch(string program, Dictionary<string, string> settings, params string[] arguments)
    {
        var process = Start(program, arguments, Settings().Concat(settings));
        _launched.Add(process);
        _guard.StandardInput.WriteLine($"{process.Id}");
        _guard.StandardInput.Flush();
        return process;
    }

    /// <summary>
    /// Sends a signal to processes. Uses the shell's own command, because a bare machine has no other.
    /// </summary>
    public static async Task SignalAsync(string signal, params int[] processes)
    {
        string[] arguments = ["-c", "kill -s \"$@\"", "kill", signal, .. processes.Select(static id => $"{id}")];
        (await RunAsync("bash", arguments, [])).Succeeded();
    }

    /// <summary>Waits until a file is in the data folder.</summary>
    public async Task AppearsAsync(string file)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(AppearsWithin);
        while (!File.Exists(Path.Combine(Data, file)))
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
    }

    /// <summary>Returns the folder that holds the cluster of this sandbox.</summary>
    public string ClusterFolder()
    {
        var note = Path.Combine(Data, "postgres-home");
        var home = File.Exists(note) ? File.ReadAllText(note).Trim() : Path.Combine(Data, "postgres");
        return Path.Combine(home, "cluster");
    }

    /// <summary>Returns the connection string of the role that owns the tables.</summary>
    public string OwnerConnection() => File.ReadAllText(Path.Combine(Data, "postgres-owner")).Trim();

    /// <summary>Returns the folder of the socket that a connection string names.</summary>
    public static string SocketFolderOf(string connection) => new NpgsqlConnectionStringBuilder(connection).Host!;

    /// <summary>Returns the process id of the server.</summary>
    public int ServerId()
    {
        var firstLine = File.ReadLines(Path.Combine(ClusterFolder(), "postmaster.pid")).First();
        return int.Parse(firstLine, CultureInfo.InvariantCulture);
    }

    /// <summary>Runs one statement as the node would; returns its first value as text.</summary>
    public static async Task<string?> QueryAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync(CancellationToken.None);
        _guard.Dispose();
        foreach (var process in _launched)
            process.Dispose();
    }

    private Dictionary<string, string> Settings() => new() { ["SLUICE_DATA"] = Data };

    private static async Task<ScriptResult> RunAsync(
        string program, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        using var process = Start(program, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return new ScriptResult(process.ExitCode, await output, await errors);
    }

    private static Process Start(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
