using System.Security.Cryptography;
using System.Text;
using Sluice.Api.Settings;

namespace Sluice.Api.KeyRing;

/// <summary>
/// The encryption keys of a cluster, from a file that all of its nodes have: a key on each line, as 64 hexadecimal
/// digits. The first encrypts; all decrypt, so that a new one can be put before those in use. Empty lines and lines
/// that begin with <c>#</c> don't count.
/// </summary>
public sealed class KeyFile
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Dictionary<string, EncryptionKey> _keys = [];

    private KeyFile(string path, List<EncryptionKey> keys)
    {
        Path = path;
        First = keys[0];
        foreach (var key in keys)
            _keys[key.Id] = key;
    }

    /// <summary>Where the keys were read.</summary>
    public string Path { get; }

    /// <summary>The key that encrypts.</summary>
    internal EncryptionKey First { get; }

    /// <summary>Checks whether a file is where the settings say.</summary>
    internal static bool Exists(SluiceOptions options) => File.Exists(options.KeyFilePath);

    /// <summary>Reads the file that the settings name.</summary>
    /// <exception cref="KeyFileException">It can't be read, or has something else in it.</exception>
    internal static KeyFile Read(SluiceOptions options)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(options.KeyFilePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"{Named(options)}, which can't be read: {e.Message}", e);
        }

        var keys = new List<EncryptionKey>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            // The line is not repeated: it may be a key with one digit too many.
            if (line.Length != 2 * EncryptionKey.LengthBytes || !line.All(char.IsAsciiHexDigit))
            {
                throw new KeyFileException(
                    $"{Named(options)}, whose line {i + 1} is no key: 64 hexadecimal digits, as from "
                    + "'openssl rand -hex 32'.");
            }

            keys.Add(new EncryptionKey(Convert.FromHexString(line)));
        }

        return keys.Count > 0
            ? new KeyFile(options.KeyFilePath, keys)
            : throw new KeyFileException($"{Named(options)}, which has no key in it.");
    }

    /// <summary>
    /// Creates the file with a new key, readable only by the owner of the process, and on disk when this returns: what
    /// it encrypts must not be there without it. Nodes that share a database do so one at a time.
    /// </summary>
    /// <exception cref="KeyFileException">It can't be written.</exception>
    internal static KeyFile Make(SluiceOptions options)
    {
        var draft = $"{options.KeyFilePath}.new";
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = OnlyOwner;
        try
        {
            // Left by a crash, it may have other rights.
            File.Delete(draft);
            using (var file = new FileStream(draft, settings))
            {
                var line = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(EncryptionKey.LengthBytes));
                file.Write(Encoding.ASCII.GetBytes($"{line}\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, options.KeyFilePath, overwrite: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"{Named(options)}, which can't be written: {e.Message}", e);
        }

        return Read(options);
    }

    /// <summary>Finds a key by its id; null if it is not in the file.</summary>
    internal EncryptionKey? Find(string id) => _keys.GetValueOrDefault(id);

    /// <summary>Begins a sentence about the file with the setting that names it.</summary>
    internal static string Named(SluiceOptions options) => options.KeyFile.Length > 0
        ? $"SLUICE_KEY_FILE is '{options.KeyFile}'"
        : $"SLUICE_KEY_FILE is not set, so the encryption key is in '{options.KeyFilePath}'";
}
