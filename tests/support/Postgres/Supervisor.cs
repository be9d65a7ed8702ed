using System.Diagnostics;

namespace Sluice.TestSupport.Postgres;

/// <summary>
/// The shell process that starts and ends the server (<c>supervisor.sh</c>). Its stdin is a pipe held by this process
/// alone; the kernel closes it when this process ends, killed or not, and the supervisor then cleans up.
/// </summary>
internal sealed class Supervisor : IAsyncDisposable
{
    private const string ServerAccount = "postgres";
    private const string Memory = "/dev/shm";

    /// <summary>Twice what the tests of the API leave behind.</summary>
    private const long RoomBytes = 6L << 30;

    private readonly Process _process;
    private readonly SemaphoreSlim _oneCommandAtATime = new(1, 1);

    private Supervisor(Process process) => _process = process;

    public static Supervisor Launch(PostgresFiles files)
    {
        var start = new ProcessStartInfo
        {
            // A session of its own: a signal to the test process's group must not reach the process that cleans up
            // after it.
            FileName = "setsid",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            // The server account may have no access to the test's folder.
            WorkingDirectory = "/",
        };
        // PostgreSQL refuses to run as root.
        if (Environment.IsPrivilegedProcess)
            AddAll(start, "setpriv", $"--reuid={ServerAccount}", $"--regid={ServerAccount}", "--init-groups", "--");
        AddAll(start, "sh", "-c", Script(), "supervisor", PostgresBinaries.FindFolder(), FolderOf(files));
        return new Supervisor(Process.Start(start)!);
    }

    /// <summary>Executes one command of <c>supervisor.sh</c>; returns the folder of the cluster.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message ends with the server's log.</exception>
    public async Task<string> DoAsync(string command)
    {
        await _oneCommandAtATime.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(command);
            await _process.StandardInput.FlushAsync();
            var answer = await _process.StandardOutput.ReadLineAsync() ?? "failed: the supervisor has ended";
            return answer.StartsWith("ok ", StringComparison.Ordinal)
                ? answer["ok ".Length..]
                : throw new InvalidOperationException($"PostgreSQL, '{command}': {answer}");
        }
        finally
        {
            _oneCommandAtATime.Release();
        }
    }

    /// <summary>Ends the server and deletes its files; returns when both are done.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _oneCommandAtATime.Dispose();
    }

    private static string FolderOf(PostgresFiles files) =>
        files == PostgresFiles.InMemoryIfRoomy && Directory.Exists(Memory)
            && new DriveInfo(Memory).AvailableFreeSpace >= RoomBytes
            ? Memory
            : "/tmp";

    private static void AddAll(ProcessStartInfo start, params ReadOnlySpan<string> arguments)
    {
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
    }

    private static string Script()
    {
        using var stream = typeof(Supervisor).Assembly.GetManifestResourceStream("supervisor.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
