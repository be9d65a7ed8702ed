using System.Globalization;
using Sluice.Api.Settings;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Silo.Hosting;

/// <summary>
/// This node's lock on its data folder. The lock is the operating system's: it is released when the process that holds
/// it ends, however it ends, and not before. So a node that holds it knows that no earlier start of the same node is
/// running, and may take over what that one left without waiting.
/// </summary>
internal sealed class NodeFolder : IDisposable
{
    /// <summary>How long to wait for a node that is stopping on the same folder.</summary>
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _lock;

    private NodeFolder(FileStream heldLock, NodeIdentity node)
    {
        _lock = heldLock;
        Node = node;
    }

    public NodeIdentity Node { get; }

    /// <summary>Locks the folder for this node and reads its identity, or creates a new one.</summary>
    /// <exception cref="NodeFolderException">Another process holds the folder, or it can't be written.</exception>
    public static async Task<NodeFolder> TakeAsync(SluiceOptions options, TimeProvider time, CancellationToken ct)
    {
        var path = Path.Combine(options.Data, $"{options.FilePrefix}.lock");
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(options.Data);
            else
            {
                Directory.CreateDirectory(
                    options.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            var started = time.GetTimestamp();
            while (true)
            {
                if (TryLock(path) is { } held)
                    return new NodeFolder(held, Identify(options));
                if (time.GetElapsedTime(started) > LockWait)
                    throw new NodeFolderException(InUse(options));
                await Task.Delay(LockRetry, time, ct);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NodeFolderException($"SLUICE_DATA is '{options.Data}', which can't be used: {e.Message}", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Locks the folder; null while another process holds the lock.</summary>
    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>
    /// Determines the node's identity. The folder may have been copied with a whole machine; a copy is another node,
    /// whose original may still run.
    /// </summary>
    private static NodeIdentity Identify(SluiceOptions options)
    {
        var path = Path.Combine(options.Data, $"{options.FilePrefix}-id");
        var host = Environment.MachineName;
        if (File.Exists(path) && File.ReadAllText(path).Trim().Split(' ', 2) is [var text, var where]
            && where == host && Guid.TryParseExact(text, "D", out var known))
            return new NodeIdentity(known, host);
        var made = new NodeIdentity(Guid.CreateVersion7(), host);

        // Written whole or not at all, in case the process crashes here.
        var draft = $"{path}.new";
        File.WriteAllText(draft, string.Create(CultureInfo.InvariantCulture, $"{made.Id:D} {host}\n"));
        File.Move(draft, path, overwrite: true);
        return made;
    }

    private static string InUse(SluiceOptions options)
    {
        var pidFile = Path.Combine(options.Data, $"{options.FilePrefix}.pid");
        var process = File.Exists(pidFile) ? File.ReadAllText(pidFile).Trim() : "unknown";
        return $"Another node is running on SLUICE_DATA '{options.Data}' (process {process}); stop it first, or choose "
            + "another folder.";
    }
}
