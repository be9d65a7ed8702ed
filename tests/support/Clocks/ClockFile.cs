using System.IO.MemoryMappedFiles;

namespace Sluice.TestSupport.Clocks;

/// <summary>How far ahead of the machine's a clock is: eight bytes of a file that processes share.</summary>
internal sealed class ClockFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _ticks;

    public ClockFile(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(long));
        _ticks = _file.CreateViewAccessor(0, sizeof(long));
    }

    /// <summary>Read and written as one aligned word, so never seen half written.</summary>
    public TimeSpan Ahead
    {
        get => TimeSpan.FromTicks(_ticks.ReadInt64(0));
        set => _ticks.Write(0, value.Ticks);
    }

    public void Dispose()
    {
        _ticks.Dispose();
        _file.Dispose();
    }
}
