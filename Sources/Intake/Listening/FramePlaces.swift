/// How many large messages may be in memory at once. Who holds a place never waits for another, so all come to their
/// turn; who waits reads nothing more, and its engine is slowed down by TCP.
actor FramePlaces {
    private var left: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { left = count }

    func take() async {
        if left > 0 {
            left -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// The place goes straight to the next in the queue.
    func giveBack() {
        if waiting.isEmpty { left += 1 } else { waiting.removeFirst().resume() }
    }
}
