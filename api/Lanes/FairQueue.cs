namespace Sluice.Api.Lanes;

/// <summary>
/// Lets a few run at once and the others wait, dealt out by owner: an owner that sends many waits behind its own and
/// does not delay those of others. An owner may have as many waiting as there are places free, so there is always one
/// for another owner.
/// </summary>
/// <typeparam name="TOwner">What places are dealt out by, such as a tenant's id or a sender's network.</typeparam>
/// <param name="atOnce">How many run at once.</param>
/// <param name="waitingMax">How many wait.</param>
/// <param name="atOnceOfOne">How many of one owner run at once.</param>
internal sealed class FairQueue<TOwner>(int atOnce, int waitingMax, int atOnceOfOne = int.MaxValue)
    where TOwner : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TOwner, Line> _lines = [];

    /// <summary>The owners that wait, in the order of their turns.</summary>
    private readonly LinkedList<Line> _round = [];

    private int _free = atOnce;
    private int _waiting;

    /// <summary>Waits for the owner's turn; call <see cref="Leave"/> when what it was for is done.</summary>
    /// <returns>Whether it may run; false at once if too many are waiting.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; its turn goes to the next.</exception>
    public async Task<bool> TryEnterAsync(TOwner owner, CancellationToken ct)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Line? line;
        lock (_gate)
        {
            if (!_lines.TryGetValue(owner, out line))
                _lines.Add(owner, line = new Line(owner));
            // One that has fewer at once than it may has none waiting, for Leave would have let it in.
            if (_free > 0 && line.Running < atOnceOfOne)
            {
                _free--;
                line.Running++;
                return true;
            }

            if (!TryAdd_NeedsLock(line, turn))
                return false;
        }

        await using var cancelled = ct.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        try
        {
            await turn.Task;
            return true;
        }
        catch (OperationCanceledException)
        {
            GiveUp(line, turn);
            throw;
        }
    }

    /// <summary>Ends what an owner's turn was for, and lets in those whose turn it is.</summary>
    public void Leave(TOwner owner)
    {
        lock (_gate)
        {
            var line = _lines[owner];
            line.Running--;
            _free++;
            while (_free > 0 && Next_NeedsLock() is { } next)
            {
                var turn = next.Turns.First!.Value;
                next.Turns.RemoveFirst();
                _waiting--;
                _round.Remove(next);
                if (next.Turns.Count > 0)
                    _round.AddLast(next);
                if (turn.TrySetResult())
                {
                    _free--;
                    next.Running++;
                }

                Forget_NeedsLock(next);
            }

            Forget_NeedsLock(line);
        }
    }

    private bool TryAdd_NeedsLock(Line line, TaskCompletionSource turn)
    {
        if (line.Turns.Count >= waitingMax - _waiting)
        {
            Forget_NeedsLock(line);
            return false;
        }

        if (line.Turns.Count == 0)
            _round.AddLast(line);
        line.Turns.AddLast(turn);
        _waiting++;
        return true;
    }

    /// <summary>Frees the place of one that waits no longer, so that it keeps none from others.</summary>
    private void GiveUp(Line line, TaskCompletionSource turn)
    {
        lock (_gate)
        {
            if (!line.Turns.Remove(turn))
                return;
            _waiting--;
            if (line.Turns.Count == 0)
                _round.Remove(line);
            Forget_NeedsLock(line);
        }
    }

    private Line? Next_NeedsLock()
    {
        for (var node = _round.First; node is not null; node = node.Next)
        {
            if (node.Value.Running < atOnceOfOne)
                return node.Value;
        }

        return null;
    }

    private void Forget_NeedsLock(Line line)
    {
        if (line is { Running: 0, Turns.Count: 0 })
            _lines.Remove(line.Owner);
    }

    private sealed class Line(TOwner owner)
    {
        public TOwner Owner => owner;

        public int Running { get; set; }

        public LinkedList<TaskCompletionSource> Turns { get; } = [];
    }
}
