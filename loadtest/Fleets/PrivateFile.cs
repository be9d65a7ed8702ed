using System.Text.Json;

namespace Sluice.LoadTest.Fleets;

/// <summary>
/// Reads and writes JSON files that hold secrets: readable by their owner only, and replaced whole or not at all.
/// </summary>
internal static class PrivateFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>The content, or null if there is no file.</returns>
    /// <exception cref="JsonException">The file is not what <see cref="WriteAsync"/> wrote.</exception>
    public static async Task<T?> ReadAsync<T>(string path, CancellationToken cancellation)
        where T : class
    {
        if (!File.Exists(path))
            return null;
        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<T>(file, Format, cancellation);
    }

    public static async Task WriteAsync<T>(string path, T content, CancellationToken cancellation)
        where T : class
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var draft = path + ".new";
        File.Delete(draft);
        await using (var file = new FileStream(draft, OwnerOnly()))
            await JsonSerializer.SerializeAsync(file, content, Format, cancellation);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Returns options for a new file with mode 0600.</summary>
    public static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
