using System.Buffers.Text;
using System.Security.Cryptography;

namespace Sluice.Api.Auth;

/// <summary>A token that is created at the first start and kept in a private file.</summary>
internal static class TokenFile
{
    private const int TokenBytes = 32;

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How long to wait for another node that is creating the token.</summary>
    private static readonly TimeSpan MakingMax = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Reads the token or creates one: 256 random bits, readable only by the owner of the process. Several nodes may
    /// start at once on the same folder; one of them creates the file, and all of them use what it wrote.
    /// </summary>
    /// <exception cref="IOException">The folder can't be written, or the file is empty.</exception>
    public static string ReadOrMake(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path) && TryMake(folder, path) is { } made)
            return made;
        string? token = null;
        return SpinWait.SpinUntil(() => (token = TryRead(path)) is { Length: > 0 }, MakingMax)
            ? token!
            : throw new IOException($"{path} is empty; delete it to have a token made.");
    }

    /// <summary>
    /// Creates the file; null if another node was faster. Only creating the file is atomic: a move would check first.
    /// </summary>
    private static string? TryMake(string folder, string path)
    {
        if (!Directory.Exists(folder))
            CreatePrivateFolder(folder);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OnlyOwner;
        try
        {
            using var writer = new StreamWriter(path, options);
            var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
            writer.WriteLine(token);
            return token;
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Reads the file; null while it is being written.</summary>
    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static void CreatePrivateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OnlyOwner | UnixFileMode.UserExecute);
    }
}
