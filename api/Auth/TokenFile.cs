using System.Buffers.Text;
using System.Security.Cryptography;

namespace Sluice.Api.Auth;

/// <summary>A token that is made at first start and kept in a private file.</summary>
internal static class TokenFile
{
    private const int TokenBytes = 32;

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Reads the token, or makes one: 256 random bits, readable by the owner of the process only. Several nodes may
    /// start at once on the same folder; the file appears under its name complete, and all of them use that one.
    /// </summary>
    /// <exception cref="IOException">The folder can't be written, or the file is empty.</exception>
    public static string ReadOrMake(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            Make(folder, path);
        var token = File.ReadAllText(path).Trim();
        return token.Length > 0 ? token : throw new IOException($"{path} is empty; delete it to have a token made.");
    }

    private static void Make(string folder, string path)
    {
        if (!Directory.Exists(folder))
            CreatePrivateFolder(folder);
        var draft = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OnlyOwner;
        using (var writer = new StreamWriter(draft, options))
            writer.WriteLine(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes)));
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another node was faster; its token counts.
            File.Delete(draft);
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
