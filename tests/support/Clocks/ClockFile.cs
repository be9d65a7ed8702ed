using System.IO.MemoryMappedFiles;

namespace Sluice.TestSupport.Clocks;

/// <summary>How far a clock is ahead of the machine's: eight bytes of a file that processes share.</summary>
internal sealed class ClockFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _ticks;

    public ClockFile(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(long));
        _ticks = _file.CreateViewAccessor(0, sizeof(long));
    }

    /// <summary>The offset, read and written as one aligned word, so that no reader sees half a write.</summary>
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
