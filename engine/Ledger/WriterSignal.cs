using System.Threading.Tasks.Sources;

namespace Sluice.Engine.Ledger;

/// <summary>
/// Wakes the one loop that waits here, now or soon. A signal sent while nothing waits is kept, once. Setting a signal
/// that is already set, the normal case under load, costs next to nothing.
/// </summary>
internal sealed class WriterSignal : IValueTaskSource, IDisposable
{
    private const int Idle = 0;
    private const int Waited = 1;
    private const int Signalled = 2;

    private readonly ITimer _timer;
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private int _state;
    private int _timed;

    public WriterSignal(TimeProvider time) => _timer = time.CreateTimer(
        static self => ((WriterSignal)self!).Elapse(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Waits for the signal and consumes it. One waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Signalled) == Signalled)
            return default;
        _source.Reset();
        var wait = new ValueTask(this, _source.Version);
        if (Interlocked.CompareExchange(ref _state, Waited, Idle) == Signalled)
        {
            Volatile.Write(ref _state, Idle);
            _source.SetResult(true);
        }

        return wait;
    }

    public void Set()
    {
        if (Volatile.Read(ref _state) == Signalled)
            return;
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state == Signalled)
                return;
            var next = state == Waited ? Idle : Signalled;
            if (Interlocked.CompareExchange(ref _state, next, state) != state)
                continue;
            if (state == Waited)
                _source.SetResult(true);
            return;
        }
    }

    /// <summary>Sets the signal after a delay; a delay that is already running is not restarted.</summary>
    public void SetSoon(int ms)
    {
        if (Volatile.Read(ref _state) == Signalled || Volatile.Read(ref _timed) != 0)
            return;
        if (Interlocked.Exchange(ref _timed, 1) == 0)
            _timer.Change(TimeSpan.FromMilliseconds(ms), Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Elapse()
    {
        Volatile.Write(ref _timed, 0);
        Set();
    }
}
