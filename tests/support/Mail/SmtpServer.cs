using System.Diagnostics;
using System.Globalization;

namespace Sluice.TestSupport.Mail;

/// <summary>
/// A real mail server (see <c>smtp_server.py</c>) that keeps what it takes; it can be stopped and started.
/// </summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-smtp-").FullName;
    private readonly string[] _arguments;
    private Process? _process;

    private SmtpServer(string[] arguments) => _arguments = arguments;

    public int Port { get; private set; }

    /// <summary>Starts a server on a free port.</summary>
    /// <param name="arguments">Of the script, beside folder and port.</param>
    public static async Task<SmtpServer> StartAsync(params string[] arguments)
    {
        var server = new SmtpServer(arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts on the same port as before.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(Python())
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            Script(), "--folder", _folder, "--port", Port.ToString(CultureInfo.InvariantCulture), .. _arguments,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (!int.TryParse(line, CultureInfo.InvariantCulture, out var port))
        {
            throw new InvalidOperationException(
                "The mail server did not start. It needs python3-aiosmtpd, which ./test installs.");
        }

        Port = port;
    }

    /// <summary>Ends it like a machine that loses power.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
    }

    /// <summary>Switches a behaviour on.</summary>
    public void Set(string name) => File.WriteAllText(Path.Combine(_folder, name), "");

    public void Unset(string name) => File.Delete(Path.Combine(_folder, name));

    /// <summary>Everything that was taken so far, in order.</summary>
    public IReadOnlyList<TakenMail> Taken() =>
        [.. Directory.GetFiles(_folder, "*.json").Order(StringComparer.Ordinal).Select(TakenMail.Read)];

    /// <summary>How many were taken so far.</summary>
    public int TakenCount => Directory.GetFiles(_folder, "*.json").Length;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Debian's own, for which its package is made; another one may stand before it on the path.</summary>
    private static string Python() => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static string Script() => Repository.PathOf("tests", "support", "Mail", "smtp_server.py");
}
