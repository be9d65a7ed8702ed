namespace Sluice.Engine.Ledger;

/// <summary>
/// Wakes the one thread that waits here, at once or soon. A signal that comes while nobody waits is kept, once. Setting
/// it costs next to nothing where it is set already, which under load it is.
/// </summary>
internal sealed class WriterSignal : IDisposable
{
    // No spinning: the time of whoever waits for the ledger belongs to the database.
    private readonly ManualResetEventSlim _set = new(initialState: false, spinCount: 0);
    private readonly ITimer _timer;
    private int _timed;

    public WriterSignal(TimeProvider time) => _timer = time.CreateTimer(
        static self => ((WriterSignal)self!).Elapse(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Returns once the signal has been set, and takes it.</summary>
    public void Wait()
    {
        _set.Wait();
        _set.Reset();
    }

    public void Set()
    {
        if (!_set.IsSet)
            _set.Set();
    }

    /// <summary>Sets it in a moment; a moment that has begun already is not begun anew.</summary>
    public void SetSoon(int ms)
    {
        if (_set.IsSet || Volatile.Read(ref _timed) != 0)
            return;
        if (Interlocked.Exchange(ref _timed, 1) == 0)
            _timer.Change(TimeSpan.FromMilliseconds(ms), Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _set.Dispose();
    }

    private void Elapse()
    {
        Volatile.Write(ref _timed, 0);
        Set();
    }
}
